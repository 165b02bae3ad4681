namespace HomeHub.Profiles.Glucose;

/// <summary>Which status bits a meter can tell of (Glucose Feature 0x2A51; Glucose Service 1.0.1, 3.3).</summary>
internal static class GlucoseFeature
{
    /// <summary>
    /// Status bits that the feature promises. Bits 0 to 4 stand in the same place; 5 (result high-low) and 6 (temperature high-low) cover two
    /// status bits each; 7 (read interrupt) tells of bit 9 and 8 (general fault) of bit 10. All of them where the feature was not read.
    /// </summary>
    public static ushort StatusSupport(ushort? feature) => feature is { } bits
        ? (ushort)((bits & 0x1F) | ((bits & 0x20) != 0 ? 0x60 : 0) | ((bits & 0x40) != 0 ? 0x180 : 0) | ((bits & 0x180) << 2))
        : ushort.MaxValue;
}
