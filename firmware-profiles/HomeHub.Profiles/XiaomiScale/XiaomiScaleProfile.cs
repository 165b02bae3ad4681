using HomeHub.Profiles.WeightScale;

namespace HomeHub.Profiles.XiaomiScale;

/// <summary>Mi scales, which advertise their measurement. Their own service is named here; nothing of it is read.</summary>
public static class XiaomiScaleProfile
{
    /// <summary>Service data under Weight Scale.</summary>
    public const ushort AdvertisedWeightUuid = 0x181D;

    /// <summary>Service data under Body Composition.</summary>
    public const ushort AdvertisedCompositionUuid = 0x181B;

    /// <summary>The scales' own service.</summary>
    public static readonly BluetoothUuid Service = BluetoothUuid.Parse("00001530-0000-3512-2118-0009af100700");

    /// <summary>The profile.</summary>
    public static readonly GattProfile Profile = new(
        Service,
        "Xiaomi Mi Scale",
        WeightScaleTerms.Specialization,
        [
            new CharacteristicDecoder(AdvertisedWeightUuid, "Mi Scale advertisement, weight", DecodeWeight),
            new CharacteristicDecoder(AdvertisedCompositionUuid, "Mi Scale advertisement, weight and impedance", DecodeComposition),
        ]);

    private static DecodeResult DecodeWeight(ReadOnlySpan<byte> octets, SessionContext context) =>
        XiaomiScaleMeasurement.TryDecodeWeight(octets, out XiaomiScaleMeasurement measurement, out DecodeError error)
            ? ResultOf(measurement)
            : DecodeResult.Rejected(error);

    private static DecodeResult DecodeComposition(ReadOnlySpan<byte> octets, SessionContext context) =>
        XiaomiScaleMeasurement.TryDecodeComposition(octets, out XiaomiScaleMeasurement measurement, out DecodeError error)
            ? ResultOf(measurement)
            : DecodeResult.Rejected(error);

    /// <summary>What is no result is understood and tells nothing.</summary>
    private static DecodeResult ResultOf(in XiaomiScaleMeasurement measurement) =>
        measurement.IsResult ? DecodeResult.Of(XiaomiScaleReadings.From(measurement)) : default;
}
