using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.XiaomiScale;

/// <summary>
/// What a Mi scale advertises as service data: under 181D (weight, 10 octets) or 181B (weight and impedance, 13 octets). The layouts are
/// the vendor's, not those of the Bluetooth SIG's services; sources in the README.
/// </summary>
/// <param name="Unit">What <see cref="Weight"/> counts.</param>
/// <param name="IsStabilized">The scale has settled on the weight.</param>
/// <param name="IsRemoved">Whoever stood on the scale has stepped off; the numbers repeat what was measured before.</param>
/// <param name="Weight">In units of 0.005 kg, 0.01 lb or 0.01 jin.</param>
/// <param name="Timestamp">Time by the scale's clock; null where that can't be a date in what is no result yet.</param>
/// <param name="Impedance">In ohm; null unless the flag says that it was measured.</param>
public readonly record struct XiaomiScaleMeasurement(
    XiaomiScaleUnit Unit, bool IsStabilized, bool IsRemoved, ushort Weight, PhdTimestamp? Timestamp, ushort? Impedance)
{
    private const int StampOctets = 7;

    /// <summary>True for the result of a measurement: settled, and the person still on the scale.</summary>
    public bool IsResult => IsStabilized && !IsRemoved;

    /// <summary>Reads service data under 181D: flags, weight, time.</summary>
    public static bool TryDecodeWeight(ReadOnlySpan<byte> octets, out XiaomiScaleMeasurement measurement, out DecodeError error)
    {
        var reader = new WireReader(octets);
        byte flags = reader.UInt8("Flags");
        ushort weight = reader.UInt16("Weight");
        measurement = new XiaomiScaleMeasurement(
            (flags & 0x01) != 0 ? XiaomiScaleUnit.Pound : (flags & 0x10) != 0 ? XiaomiScaleUnit.Jin : XiaomiScaleUnit.Kilogram,
            IsStabilized: (flags & 0x20) != 0,
            IsRemoved: (flags & 0x80) != 0,
            weight,
            Timestamp: null,
            Impedance: null);
        measurement = measurement with { Timestamp = Stamp(ref reader, measurement.IsResult) };
        return End(ref reader, measurement, 0, XiaomiScaleProfile.AdvertisedWeightUuid, out error);
    }

    /// <summary>Reads service data under 181B: flags, time, impedance, weight.</summary>
    public static bool TryDecodeComposition(ReadOnlySpan<byte> octets, out XiaomiScaleMeasurement measurement, out DecodeError error)
    {
        var reader = new WireReader(octets);
        byte unit = reader.UInt8("Unit"), flags = reader.UInt8("Flags");
        bool isResult = (flags & 0xA0) == 0x20;
        PhdTimestamp? stamp = Stamp(ref reader, isResult);
        ushort impedance = reader.UInt16("Impedance"), weight = reader.UInt16("Weight");
        measurement = new XiaomiScaleMeasurement(
            (unit & 0x01) != 0 ? XiaomiScaleUnit.Pound : (flags & 0x40) != 0 ? XiaomiScaleUnit.Jin : XiaomiScaleUnit.Kilogram,
            IsStabilized: (flags & 0x20) != 0,
            IsRemoved: (flags & 0x80) != 0,
            weight,
            stamp,
            (flags & 0x02) != 0 ? impedance : null);
        return End(ref reader, measurement, 1, XiaomiScaleProfile.AdvertisedCompositionUuid, out error);
    }

    /// <summary>A result's time must be a date or the payload is none of these; before that the field may hold anything.</summary>
    private static PhdTimestamp? Stamp(ref WireReader reader, bool isResult)
    {
        if (isResult)
        {
            return reader.DateTime("Time Stamp");
        }

        WireReader probe = reader;
        PhdTimestamp stamp = probe.DateTime("Time Stamp");
        _ = reader.Octets(StampOctets, "Time Stamp");
        return probe.Failed ? null : stamp;
    }

    private static bool End(ref WireReader reader, in XiaomiScaleMeasurement measurement, int unitOffset, BluetoothUuid characteristic, out DecodeError error)
    {
        if (reader.End() && measurement is { IsResult: true, Unit: XiaomiScaleUnit.Jin })
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "Unit", unitOffset);
        }

        error = reader.Failed ? reader.Error(characteristic) : default;
        return !reader.Failed;
    }
}
