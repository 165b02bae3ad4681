using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.Glucose;

/// <summary>Glucose Service 1.0.1 (0x1808).</summary>
public static class GlucoseProfile
{
    /// <summary>Glucose Measurement.</summary>
    public const ushort MeasurementUuid = 0x2A18;

    /// <summary>Glucose Measurement Context.</summary>
    public const ushort ContextUuid = 0x2A34;

    /// <summary>Glucose Feature.</summary>
    public const ushort FeatureUuid = 0x2A51;

    /// <summary>The profile.</summary>
    public static readonly GattProfile Profile = new(
        0x1808,
        "Glucose",
        GlucoseTerms.Specialization,
        [
            new CharacteristicDecoder(MeasurementUuid, "Glucose Measurement", DecodeMeasurement),
            new CharacteristicDecoder(ContextUuid, "Glucose Measurement Context", DecodeContext),
            new CharacteristicDecoder(FeatureUuid, "Glucose Feature", DecodeFeature),
        ]);

    private static DecodeResult DecodeMeasurement(ReadOnlySpan<byte> octets, SessionContext context) =>
        GlucoseMeasurement.TryDecode(octets, out GlucoseMeasurement measurement, out DecodeError error)
            ? DecodeResult.Of(GlucoseReadings.FromMeasurement(measurement, context))
            : DecodeResult.Rejected(error);

    private static DecodeResult DecodeContext(ReadOnlySpan<byte> octets, SessionContext context) =>
        GlucoseMeasurementContext.TryDecode(octets, out GlucoseMeasurementContext measurement, out DecodeError error)
            ? DecodeResult.Of(GlucoseContextReadings.FromContext(measurement))
            : DecodeResult.Rejected(error);

    /// <summary>Glucose Feature (3.3): 16 bits, of which 11 to 15 are reserved.</summary>
    private static DecodeResult DecodeFeature(ReadOnlySpan<byte> octets, SessionContext context)
    {
        var reader = new WireReader(octets);
        ushort feature = reader.UInt16("Glucose Feature");
        return reader.End()
            ? DecodeResult.Of(context with { GlucoseFeature = feature })
            : DecodeResult.Rejected(reader.Error(FeatureUuid));
    }
}
