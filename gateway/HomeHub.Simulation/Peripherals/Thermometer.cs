using HomeHub.Profiles;
using HomeHub.Profiles.Wire;

namespace HomeHub.Simulation.Peripherals;

/// <summary>Health Thermometer Service 1.0: type (0x2A1D, ear) and measurements (0x2A1C) in degrees Celsius with time stamp.</summary>
internal sealed class Thermometer(Random random) : Peripheral(random)
{
    private const ushort Service = 0x1809;
    private const byte Ear = 3;

    private readonly Wander _tenths = new(random, 368, 2, 355, 395);

    public override IEnumerable<SimulatedPayload> ReadFeatures() => [new(Service, 0x2A1D, [Ear])];

    public override IEnumerable<SimulatedPayload> Measure(PhdTimestamp stamp)
    {
        var writer = new WireWriter(stackalloc byte[12]);
        writer.UInt8(0x02);
        writer.Float(Next(_tenths, "temperature", 10), -1);
        writer.DateTime(stamp);
        return [new(Service, 0x2A1C, writer.ToArray())];
    }
}
