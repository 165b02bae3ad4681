using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.HeartRate;

/// <summary>Heart Rate Service 1.0 (0x180D).</summary>
public static class HeartRateProfile
{
    /// <summary>Heart Rate Measurement.</summary>
    public const ushort MeasurementUuid = 0x2A37;

    /// <summary>Body Sensor Location.</summary>
    public const ushort LocationUuid = 0x2A38;

    /// <summary>The profile.</summary>
    public static readonly GattProfile Profile = new(
        0x180D,
        "Heart Rate",
        HeartRateTerms.Specialization,
        [
            new CharacteristicDecoder(MeasurementUuid, "Heart Rate Measurement", DecodeMeasurement),
            new CharacteristicDecoder(LocationUuid, "Body Sensor Location", DecodeLocation),
        ]);

    private static DecodeResult DecodeMeasurement(ReadOnlySpan<byte> octets, SessionContext context) =>
        HeartRateMeasurement.TryDecode(octets, out HeartRateMeasurement measurement, out DecodeError error)
            ? DecodeResult.Of(HeartRateReadings.From(measurement))
            : DecodeResult.Rejected(error);

    /// <summary>Body Sensor Location (3.2): 0 other, 1 chest, 2 wrist, 3 finger, 4 hand, 5 ear lobe, 6 foot; others reserved and kept.</summary>
    private static DecodeResult DecodeLocation(ReadOnlySpan<byte> octets, SessionContext context)
    {
        var reader = new WireReader(octets);
        byte location = reader.UInt8("Body Sensor Location");
        return reader.End()
            ? DecodeResult.Of(context with { BodySensorLocation = location })
            : DecodeResult.Rejected(reader.Error(LocationUuid));
    }
}
