using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.WeightScale;

/// <summary>Weight Scale Service 1.0 (0x181D).</summary>
public static class WeightScaleProfile
{
    /// <summary>Weight Measurement.</summary>
    public const ushort MeasurementUuid = 0x2A9D;

    /// <summary>Weight Scale Feature.</summary>
    public const ushort FeatureUuid = 0x2A9E;

    /// <summary>The profile.</summary>
    public static readonly GattProfile Profile = new(
        0x181D,
        "Weight Scale",
        WeightScaleTerms.Specialization,
        [
            new CharacteristicDecoder(MeasurementUuid, "Weight Measurement", DecodeMeasurement),
            new CharacteristicDecoder(FeatureUuid, "Weight Scale Feature", DecodeFeature),
        ]);

    private static DecodeResult DecodeMeasurement(ReadOnlySpan<byte> octets, SessionContext context) =>
        WeightMeasurement.TryDecode(octets, out WeightMeasurement measurement, out DecodeError error)
            ? DecodeResult.Of(WeightReadings.From(measurement, context))
            : DecodeResult.Rejected(error);

    /// <summary>Weight Scale Feature (3.1): 32 bits, of which only the two resolutions change how a record is told.</summary>
    private static DecodeResult DecodeFeature(ReadOnlySpan<byte> octets, SessionContext context)
    {
        var reader = new WireReader(octets);
        uint feature = reader.UInt32("Weight Scale Feature");
        return reader.End()
            ? DecodeResult.Of(context with { WeightScaleFeature = feature })
            : DecodeResult.Rejected(reader.Error(FeatureUuid));
    }
}
