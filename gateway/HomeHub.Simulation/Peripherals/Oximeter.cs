using HomeHub.Profiles;
using HomeHub.Profiles.Wire;

namespace HomeHub.Simulation.Peripherals;

/// <summary>Pulse Oximeter Service 1.0.1: features (0x2A60) and spot-checks (0x2A5E) with time stamp and measurement status.</summary>
internal sealed class Oximeter(Random random) : Peripheral(random)
{
    private const ushort Service = 0x1822;
    private const ushort FullyQualified = 0x0100, Questionable = 0x4000;

    private readonly Wander _saturation = new(random, 97, 1, 88, 100);
    private readonly Wander _pulse = new(random, 72, 4, 48, 125);

    public override IEnumerable<SimulatedPayload> ReadFeatures()
    {
        var writer = new WireWriter(stackalloc byte[4]);
        writer.UInt16(0x0009);
        writer.UInt16(FullyQualified | Questionable);
        return [new(Service, 0x2A60, writer.ToArray())];
    }

    public override IEnumerable<SimulatedPayload> Measure(PhdTimestamp stamp)
    {
        var writer = new WireWriter(stackalloc byte[14]);
        writer.UInt8(0x03);
        writer.SFloat(Next(_saturation, "saturation"), 0);
        writer.SFloat(Next(_pulse, "pulse"), 0);
        writer.DateTime(stamp);
        writer.UInt16(Random.Next(15) == 0 ? Questionable : FullyQualified);
        return [new(Service, 0x2A5E, writer.ToArray())];
    }
}
