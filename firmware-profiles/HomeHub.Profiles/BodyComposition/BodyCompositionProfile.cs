using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.BodyComposition;

/// <summary>Body Composition Service 1.0 (0x181B).</summary>
public static class BodyCompositionProfile
{
    /// <summary>Body Composition Feature.</summary>
    public const ushort FeatureUuid = 0x2A9B;

    /// <summary>Body Composition Measurement.</summary>
    public const ushort MeasurementUuid = 0x2A9C;

    /// <summary>The profile.</summary>
    public static readonly GattProfile Profile = new(
        0x181B,
        "Body Composition",
        BodyCompositionTerms.Specialization,
        [
            new CharacteristicDecoder(FeatureUuid, "Body Composition Feature", DecodeFeature),
            new CharacteristicDecoder(MeasurementUuid, "Body Composition Measurement", DecodeMeasurement),
        ]);

    private static DecodeResult DecodeMeasurement(ReadOnlySpan<byte> octets, SessionContext context) =>
        BodyCompositionMeasurement.TryDecode(octets, out BodyCompositionMeasurement measurement, out DecodeError error)
            ? DecodeResult.Of(BodyCompositionReadings.From(measurement, context))
            : DecodeResult.Rejected(error);

    /// <summary>Body Composition Feature (3.1): 32 bits, of which only the two resolutions change how a record is told.</summary>
    private static DecodeResult DecodeFeature(ReadOnlySpan<byte> octets, SessionContext context)
    {
        var reader = new WireReader(octets);
        uint feature = reader.UInt32("Body Composition Feature");
        return reader.End()
            ? DecodeResult.Of(context with { BodyCompositionFeature = feature })
            : DecodeResult.Rejected(reader.Error(FeatureUuid));
    }
}
