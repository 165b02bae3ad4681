using HomeHub.Profiles;
using HomeHub.Simulation.Wire;

namespace HomeHub.Simulation.Peripherals;

/// <summary>Blood Pressure Service 1.1.1: feature (0x2A49) and measurements (0x2A35) with time stamp, pulse rate and status, in mmHg.</summary>
internal sealed class BloodPressureMonitor(Random random) : Peripheral(random)
{
    private const ushort Service = 0x1810;
    private const ushort BodyMovement = 0x0001, IrregularPulse = 0x0004;

    private readonly Wander _systolic = new(random, 128, 6, 95, 185);
    private readonly Wander _diastolic = new(random, 80, 4, 55, 94);
    private readonly Wander _pulse = new(random, 70, 5, 48, 120);

    public override IEnumerable<SimulatedPayload> ReadFeatures() => [new(Service, 0x2A49, [0x05, 0x00])];

    public override IEnumerable<SimulatedPayload> Measure(PhdTimestamp stamp)
    {
        int systolic = _systolic.Next(), diastolic = _diastolic.Next();
        int status = (Random.Next(20) == 0 ? BodyMovement : 0) | (Random.Next(12) == 0 ? IrregularPulse : 0);
        var writer = new WireWriter(stackalloc byte[18]);
        writer.UInt8(0x16);
        writer.SFloat(systolic, 0);
        writer.SFloat(diastolic, 0);
        writer.SFloat(diastolic + ((systolic - diastolic) / 3), 0);
        writer.DateTime(stamp);
        writer.SFloat(_pulse.Next(), 0);
        writer.UInt16((ushort)status);
        return [new(Service, 0x2A35, writer.ToArray())];
    }
}
