using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.HealthThermometer;

/// <summary>Health Thermometer Service 1.0 (0x1809).</summary>
public static class HealthThermometerProfile
{
    /// <summary>Temperature Measurement.</summary>
    public const ushort MeasurementUuid = 0x2A1C;

    /// <summary>Temperature Type.</summary>
    public const ushort TypeUuid = 0x2A1D;

    /// <summary>Intermediate Temperature.</summary>
    public const ushort IntermediateUuid = 0x2A1E;

    /// <summary>Measurement Interval.</summary>
    public const ushort IntervalUuid = 0x2A21;

    /// <summary>The profile.</summary>
    public static readonly GattProfile Profile = new(
        0x1809,
        "Health Thermometer",
        TemperatureTerms.Specialization,
        [
            new CharacteristicDecoder(MeasurementUuid, "Temperature Measurement", DecodeMeasurement),
            new CharacteristicDecoder(TypeUuid, "Temperature Type", DecodeType),
            new CharacteristicDecoder(IntermediateUuid, "Intermediate Temperature", DecodeIntermediate),
            new CharacteristicDecoder(IntervalUuid, "Measurement Interval", DecodeInterval),
        ]);

    /// <summary>Measurement Interval (3.4): seconds between periodic measurements, 0 = none. It says nothing of a measurement.</summary>
    internal static bool TryDecodeInterval(ReadOnlySpan<byte> octets, out ushort seconds, out DecodeError error)
    {
        var reader = new WireReader(octets);
        seconds = reader.UInt16("Measurement Interval");
        bool understood = reader.End();
        error = understood ? default : reader.Error(IntervalUuid);
        return understood;
    }

    private static DecodeResult DecodeMeasurement(ReadOnlySpan<byte> octets, SessionContext context) =>
        TemperatureMeasurement.TryDecode(octets, MeasurementUuid, out TemperatureMeasurement measurement, out DecodeError error)
            ? DecodeResult.Of(TemperatureReadings.From(measurement, context, isIntermediate: false))
            : DecodeResult.Rejected(error);

    private static DecodeResult DecodeIntermediate(ReadOnlySpan<byte> octets, SessionContext context) =>
        TemperatureMeasurement.TryDecode(octets, IntermediateUuid, out TemperatureMeasurement measurement, out DecodeError error)
            ? DecodeResult.Of(TemperatureReadings.From(measurement, context, isIntermediate: true))
            : DecodeResult.Rejected(error);

    /// <summary>Temperature Type (3.2): the site of all measurements of this thermometer; reserved values are kept and mean no site.</summary>
    private static DecodeResult DecodeType(ReadOnlySpan<byte> octets, SessionContext context)
    {
        var reader = new WireReader(octets);
        byte type = reader.UInt8("Temperature Type");
        return reader.End()
            ? DecodeResult.Of(context with { TemperatureType = type })
            : DecodeResult.Rejected(reader.Error(TypeUuid));
    }

    private static DecodeResult DecodeInterval(ReadOnlySpan<byte> octets, SessionContext context) =>
        TryDecodeInterval(octets, out _, out DecodeError error) ? default : DecodeResult.Rejected(error);
}
