namespace HomeHub.Profiles.NewProfile;

/// <summary>SERVICE_NAME Service (0xSERVICE_UUID; TODO: version).</summary>
public static class NewProfileProfile
{
    /// <summary>CHARACTERISTIC_NAME.</summary>
    public const ushort MeasurementUuid = 0xCHARACTERISTIC_UUID;

    /// <summary>The profile.</summary>
    public static readonly GattProfile Profile = new(
        0xSERVICE_UUID,
        "SERVICE_NAME",
        null, // TODO: the MDC_DEV_SPEC_PROFILE term of such a device, from NewProfileTerms; null where the service says nothing about what it measures.
        [
            new CharacteristicDecoder(MeasurementUuid, "CHARACTERISTIC_NAME", DecodeMeasurement),
        ]);

    private static DecodeResult DecodeMeasurement(ReadOnlySpan<byte> octets, SessionContext context) =>
        NewProfileMeasurement.TryDecode(octets, out NewProfileMeasurement measurement, out DecodeError error)
            ? DecodeResult.Of(NewProfileReadings.From(measurement))
            : DecodeResult.Rejected(error);
}
