using HomeHub.Profiles;
using HomeHub.Profiles.Wire;

namespace HomeHub.Simulation.Peripherals;

/// <summary>
/// Weight Scale Service 1.0.1 (0x2A9E, 0x2A9D with time stamp, BMI and height) and Body Composition Service 1.0.1 (0x2A9B, 0x2A9C with time
/// stamp, muscle percentage and impedance): two records a weighing.
/// </summary>
internal sealed class Scale : Peripheral
{
    private const ushort WeightService = 0x181D, CompositionService = 0x181B;
    private const int WeightUnitsPerKilogram = 200;

    private readonly int _heightMillimetres;
    private readonly Wander _weightUnits, _fatPermille, _musclePermille, _impedance;

    public Scale(Random random)
        : base(random)
    {
        _heightMillimetres = 1550 + (10 * random.Next(0, 36));
        int weight = random.Next(58, 95) * WeightUnitsPerKilogram;
        _weightUnits = new Wander(random, weight, 4, weight - 600, weight + 600);
        _fatPermille = new Wander(random, 264, 2, 180, 360);
        _musclePermille = new Wander(random, 342, 2, 260, 420);
        _impedance = new Wander(random, 5120, 20, 4200, 6200);
    }

    public override IEnumerable<SimulatedPayload> ReadFeatures()
    {
        // Weight resolution 0.005 kg (7), height 0.001 m (3); time stamp and BMI supported.
        var weight = new WireWriter(stackalloc byte[4]);
        weight.UInt32(0x05 | (7 << 3) | (3 << 7));
        var composition = new WireWriter(stackalloc byte[4]);
        composition.UInt32(0x01 | (1 << 3) | (1 << 8));
        return [new(WeightService, 0x2A9E, weight.ToArray()), new(CompositionService, 0x2A9B, composition.ToArray())];
    }

    public override IEnumerable<SimulatedPayload> Measure(PhdTimestamp stamp)
    {
        int units = Next(_weightUnits, "weight", WeightUnitsPerKilogram);
        int bmiTenths = (int)(units * 10_000_000L / WeightUnitsPerKilogram / _heightMillimetres / _heightMillimetres);
        var weight = new WireWriter(stackalloc byte[14]);
        weight.UInt8(0x0A);
        weight.UInt16((ushort)units);
        weight.DateTime(stamp);
        weight.UInt16((ushort)bmiTenths);
        weight.UInt16((ushort)_heightMillimetres);

        var composition = new WireWriter(stackalloc byte[15]);
        composition.UInt16(0x0212);
        composition.UInt16((ushort)Next(_fatPermille, "fat", 10));
        composition.DateTime(stamp);
        composition.UInt16((ushort)_musclePermille.Next());
        composition.UInt16((ushort)_impedance.Next());
        return [new(WeightService, 0x2A9D, weight.ToArray()), new(CompositionService, 0x2A9C, composition.ToArray())];
    }
}
