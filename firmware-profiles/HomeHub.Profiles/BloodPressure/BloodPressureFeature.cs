namespace HomeHub.Profiles.BloodPressure;

/// <summary>Which Measurement Status bits a monitor can tell of (Blood Pressure Feature 0x2A49; Blood Pressure Service 1.1.1, 3.3).</summary>
internal static class BloodPressureFeature
{
    /// <summary>
    /// Status bits that the feature promises: body movement, cuff fit and irregular pulse stand in the same place; bit 3, the range of the
    /// pulse, covers two status bits; measurement position is bit 4 and tells of status bit 5. All of them where the feature was not read.
    /// </summary>
    public static ushort StatusSupport(ushort? feature) => feature is { } bits
        ? (ushort)((bits & 0x07) | ((bits & 0x08) != 0 ? 0x18 : 0) | ((bits & 0x10) << 1))
        : ushort.MaxValue;
}
