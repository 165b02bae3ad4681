using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.WeightScale;

/// <summary>
/// How many decimals a scale's numbers have: those of the resolution that its feature states, else those of the field
/// (Weight Scale Service 1.0, 3.1.1; Body Composition Service 1.0, 3.1.1, which uses the same steps).
/// </summary>
/// <param name="MassStep">0 = not said, 1 (0.5 kg, 1 lb) to 7 (0.005 kg, 0.01 lb); 8 to 15 reserved, as if not said.</param>
/// <param name="HeightStep">0 = not said, 1 (0.01 m, 1 in) to 3 (0.001 m, 0.1 in); 4 to 7 reserved, as if not said.</param>
internal readonly record struct ScaleResolution(int MassStep, int HeightStep)
{
    private static readonly byte[] KilogramDecimals = [3, 1, 1, 1, 2, 2, 2, 3];
    private static readonly byte[] PoundDecimals = [2, 0, 1, 1, 1, 2, 2, 2];

    // 0.01 m is one centimetre, 0.005 m half of one: the decimals are the same in centimetres and in inches.
    private static readonly byte[] HeightDecimals = [1, 0, 1, 1];

    /// <summary>From Weight Scale Feature (0x2A9E): mass in bits 3 to 6, height in bits 7 to 9.</summary>
    public static ScaleResolution OfWeightScale(uint? feature) => new((int)((feature ?? 0) >> 3) & 0xF, (int)((feature ?? 0) >> 7) & 7);

    /// <summary>From Body Composition Feature (0x2A9B): mass in bits 11 to 14, height in bits 15 to 17.</summary>
    public static ScaleResolution OfBodyComposition(uint? feature) => new((int)((feature ?? 0) >> 11) & 0xF, (int)((feature ?? 0) >> 15) & 7);

    /// <summary>A mass field: raw × 0.005 kg or × 0.01 lb.</summary>
    public MeasuredValue Mass(ushort raw, bool isImperial) => isImperial
        ? FixedPoint.Of(raw, -2, PoundDecimals[MassStep < PoundDecimals.Length ? MassStep : 0])
        : FixedPoint.Of(raw * 5L, -3, KilogramDecimals[MassStep < KilogramDecimals.Length ? MassStep : 0]);

    /// <summary>A height field: raw × 0.001 m, told in centimetres, or raw × 0.1 in. Either is raw tenths.</summary>
    public MeasuredValue Height(ushort raw) => FixedPoint.Of(raw, -1, HeightDecimals[HeightStep < HeightDecimals.Length ? HeightStep : 0]);
}
