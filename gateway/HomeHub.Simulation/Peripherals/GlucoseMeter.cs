using HomeHub.Profiles;
using HomeHub.Profiles.Wire;

namespace HomeHub.Simulation.Peripherals;

/// <summary>
/// Glucose Service 1.0.1: feature (0x2A51), measurements (0x2A18) in kg/L from capillary whole blood of a finger, each with a context
/// (0x2A34: carbohydrates and meal). Sequence numbers ascend over the life of the meter.
/// </summary>
internal sealed class GlucoseMeter(Random random) : Peripheral(random)
{
    private const ushort Service = 0x1808;

    private readonly Wander _milligramsPerDecilitre = new(random, 118, 14, 58, 290);
    private ushort _sequence = (ushort)random.Next(1, 400);

    public override IEnumerable<SimulatedPayload> ReadFeatures() => [new(Service, 0x2A51, [0x00, 0x00])];

    public override IEnumerable<SimulatedPayload> Measure(PhdTimestamp stamp)
    {
        ushort sequence = _sequence++;
        var measurement = new WireWriter(stackalloc byte[17]);
        measurement.UInt8(0x1B);
        measurement.UInt16(sequence);
        measurement.DateTime(stamp);
        measurement.Int16(0);
        measurement.SFloat(Next(_milligramsPerDecilitre, "glucose"), -5);
        measurement.UInt8(0x11);
        measurement.UInt16(0);

        int meal = Random.Next(1, 4);
        var context = new WireWriter(stackalloc byte[7]);
        context.UInt8(0x03);
        context.UInt16(sequence);
        context.UInt8((byte)meal);
        context.SFloat(Random.Next(20, 75), -3);
        context.UInt8((byte)Random.Next(1, 3));
        return [new(Service, 0x2A18, measurement.ToArray()), new(Service, 0x2A34, context.ToArray())];
    }
}
