using HomeHub.Profiles;
using HomeHub.Profiles.Wire;

namespace HomeHub.Simulation.Peripherals;

/// <summary>Blood Pressure Service 1.1.1: feature (0x2A49) and measurements (0x2A35) with time stamp, pulse rate and status, in mmHg.</summary>
internal sealed class BloodPressureMonitor(Random random, PeripheralOptions options) : Peripheral(random)
{
    private const ushort Service = 0x1810;
    private const byte Stamp = 0x02, Pulse = 0x04, User = 0x08, Status = 0x10;
    private const ushort BodyMovement = 0x0001, IrregularPulse = 0x0004;

    private readonly Wander _systolic = new(random, 128, 6, 95, 185);
    private readonly Wander _diastolic = new(random, 80, 4, 55, 94);
    private readonly Wander _pulse = new(random, 70, 5, 48, 120);

    public override bool HasClock => options.HasClock;

    public override IEnumerable<SimulatedPayload> ReadFeatures() => [new(Service, 0x2A49, [0x05, 0x00])];

    public override IEnumerable<SimulatedPayload> Measure(PhdTimestamp stamp)
    {
        int systolic = Next(_systolic, "systolic"), diastolic = Next(_diastolic, "diastolic");
        int status = (Random.Next(20) == 0 ? BodyMovement : 0) | (Random.Next(12) == 0 ? IrregularPulse : 0);
        var writer = new WireWriter(stackalloc byte[19]);
        writer.UInt8((byte)(Pulse | Status | (options.HasClock ? Stamp : 0) | (options.UserIndex is null ? 0 : User)));
        writer.SFloat(systolic, 0);
        writer.SFloat(diastolic, 0);
        writer.SFloat(diastolic + ((systolic - diastolic) / 3), 0);
        if (options.HasClock)
        {
            writer.DateTime(stamp);
        }

        writer.SFloat(Next(_pulse, "pulse"), 0);
        if (options.UserIndex is { } user)
        {
            writer.UInt8(user);
        }

        writer.UInt16((ushort)status);
        return [new(Service, 0x2A35, writer.ToArray())];
    }
}
