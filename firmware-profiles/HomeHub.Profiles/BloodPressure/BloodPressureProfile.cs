using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.BloodPressure;

/// <summary>Blood Pressure Service 1.1.1 (0x1810).</summary>
public static class BloodPressureProfile
{
    /// <summary>Blood Pressure Measurement.</summary>
    public const ushort MeasurementUuid = 0x2A35;

    /// <summary>Intermediate Cuff Pressure.</summary>
    public const ushort CuffPressureUuid = 0x2A36;

    /// <summary>Enhanced Blood Pressure Measurement.</summary>
    public const ushort EnhancedMeasurementUuid = 0x2B34;

    /// <summary>Enhanced Intermediate Cuff Pressure.</summary>
    public const ushort EnhancedCuffPressureUuid = 0x2B35;

    /// <summary>Blood Pressure Feature.</summary>
    public const ushort FeatureUuid = 0x2A49;

    /// <summary>The profile.</summary>
    public static readonly GattProfile Profile = new(
        0x1810,
        "Blood Pressure",
        BloodPressureTerms.Specialization,
        [
            new CharacteristicDecoder(MeasurementUuid, "Blood Pressure Measurement", DecodeMeasurement),
            new CharacteristicDecoder(CuffPressureUuid, "Intermediate Cuff Pressure", DecodeCuffPressure),
            new CharacteristicDecoder(EnhancedMeasurementUuid, "Enhanced Blood Pressure Measurement", DecodeEnhanced),
            new CharacteristicDecoder(EnhancedCuffPressureUuid, "Enhanced Intermediate Cuff Pressure", DecodeEnhancedCuff),
            new CharacteristicDecoder(FeatureUuid, "Blood Pressure Feature", DecodeFeature),
        ]);

    private static DecodeResult DecodeMeasurement(ReadOnlySpan<byte> octets, SessionContext context) =>
        BloodPressureMeasurement.TryDecode(octets, MeasurementUuid, out BloodPressureMeasurement measurement, out DecodeError error)
            ? DecodeResult.Of(BloodPressureReadings.FromMeasurement(measurement, context))
            : DecodeResult.Rejected(error);

    private static DecodeResult DecodeCuffPressure(ReadOnlySpan<byte> octets, SessionContext context) =>
        BloodPressureMeasurement.TryDecode(octets, CuffPressureUuid, out BloodPressureMeasurement measurement, out DecodeError error)
            ? DecodeResult.Of(BloodPressureReadings.FromCuffPressure(measurement, context))
            : DecodeResult.Rejected(error);

    private static DecodeResult DecodeEnhanced(ReadOnlySpan<byte> octets, SessionContext context) =>
        EnhancedBloodPressureMeasurement.TryDecode(octets, EnhancedMeasurementUuid, out EnhancedBloodPressureMeasurement measurement, out DecodeError error)
            ? DecodeResult.Of(BloodPressureReadings.WithTime(BloodPressureReadings.FromMeasurement(measurement.Pressures, context), measurement))
            : DecodeResult.Rejected(error);

    private static DecodeResult DecodeEnhancedCuff(ReadOnlySpan<byte> octets, SessionContext context) =>
        EnhancedBloodPressureMeasurement.TryDecode(octets, EnhancedCuffPressureUuid, out EnhancedBloodPressureMeasurement measurement, out DecodeError error)
            ? DecodeResult.Of(BloodPressureReadings.WithTime(BloodPressureReadings.FromCuffPressure(measurement.Pressures, context), measurement))
            : DecodeResult.Rejected(error);

    /// <summary>Blood Pressure Feature (3.3): 16 bits; a second field (supported body positions etc.) does not exist in 1.1.1.</summary>
    private static DecodeResult DecodeFeature(ReadOnlySpan<byte> octets, SessionContext context)
    {
        var reader = new WireReader(octets);
        ushort feature = reader.UInt16("Blood Pressure Feature");
        return reader.End()
            ? DecodeResult.Of(context with { BloodPressureFeature = feature })
            : DecodeResult.Rejected(reader.Error(FeatureUuid));
    }
}
