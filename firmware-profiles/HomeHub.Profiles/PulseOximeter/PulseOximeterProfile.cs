namespace HomeHub.Profiles.PulseOximeter;

/// <summary>Pulse Oximeter Service 1.0.1 (0x1822).</summary>
public static class PulseOximeterProfile
{
    /// <summary>PLX Spot-Check Measurement.</summary>
    public const ushort SpotCheckUuid = 0x2A5E;

    /// <summary>PLX Continuous Measurement.</summary>
    public const ushort ContinuousUuid = 0x2A5F;

    /// <summary>PLX Features.</summary>
    public const ushort FeaturesUuid = 0x2A60;

    /// <summary>The profile.</summary>
    public static readonly GattProfile Profile = new(
        0x1822,
        "Pulse Oximeter",
        PulseOximeterTerms.Specialization,
        [
            new CharacteristicDecoder(SpotCheckUuid, "PLX Spot-Check Measurement", DecodeSpotCheck),
            new CharacteristicDecoder(ContinuousUuid, "PLX Continuous Measurement", DecodeContinuous),
            new CharacteristicDecoder(FeaturesUuid, "PLX Features", DecodeFeatures),
        ]);

    private static DecodeResult DecodeSpotCheck(ReadOnlySpan<byte> octets, SessionContext context) =>
        PlxSpotCheckMeasurement.TryDecode(octets, out PlxSpotCheckMeasurement measurement, out DecodeError error)
            ? DecodeResult.Of(PulseOximeterReadings.FromSpotCheck(measurement, context))
            : DecodeResult.Rejected(error);

    private static DecodeResult DecodeContinuous(ReadOnlySpan<byte> octets, SessionContext context) =>
        PlxContinuousMeasurement.TryDecode(octets, out PlxContinuousMeasurement measurement, out DecodeError error)
            ? DecodeResult.Of(PulseOximeterReadings.FromContinuous(measurement, context))
            : DecodeResult.Rejected(error);

    private static DecodeResult DecodeFeatures(ReadOnlySpan<byte> octets, SessionContext context) =>
        PlxFeatures.TryDecode(octets, out PlxFeatures features, out DecodeError error)
            ? DecodeResult.Of(context with
            {
                PlxFeatures = features.Supported,
                PlxMeasurementStatusSupport = features.MeasurementStatusSupport,
                PlxSensorStatusSupport = features.SensorStatusSupport,
            })
            : DecodeResult.Rejected(error);
}
