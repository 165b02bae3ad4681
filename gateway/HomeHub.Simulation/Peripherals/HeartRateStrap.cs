using HomeHub.Profiles;
using HomeHub.Profiles.Wire;

namespace HomeHub.Simulation.Peripherals;

/// <summary>Heart Rate Service 1.0: sensor location (0x2A38, chest) and a stream of measurements (0x2A37) with contact and RR intervals, one a second, without any clock.</summary>
internal sealed class HeartRateStrap(Random random) : Peripheral(random)
{
    private const ushort Service = 0x180D;
    private const byte Chest = 1;

    private readonly Wander _rate = new(random, 76, 2, 48, 165);

    public override bool HasClock => false;

    public override int StreamIntervalSeconds => 1;

    public override IEnumerable<SimulatedPayload> ReadFeatures() => [new(Service, 0x2A38, [Chest])];

    public override IEnumerable<SimulatedPayload> Measure(PhdTimestamp stamp)
    {
        int rate = Next(_rate, "pulse");
        var writer = new WireWriter(stackalloc byte[4]);
        writer.UInt8(0x16);
        writer.UInt8((byte)rate);
        writer.UInt16((ushort)((60 * 1024 / rate) + Random.Next(-12, 13)));
        return [new(Service, 0x2A37, writer.ToArray())];
    }
}
