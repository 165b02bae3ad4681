using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.ContinuousGlucose;

/// <summary>
/// One record of CGM Measurement (0x2AA7; CGM Service 1.0.2, 3.1). Flag bits 2 to 4 and the upper two bits of the first two
/// annunciation octets are reserved and ignored. An annunciation octet that is not there is zero: nothing to announce.
/// </summary>
/// <param name="Concentration">CGM Glucose Concentration in mg/dL.</param>
/// <param name="TimeOffset">Time Offset in minutes since the session's start.</param>
/// <param name="Status">Status octet of the Sensor Status Annunciation (flag bit 7).</param>
/// <param name="CalibrationTemperature">Cal/Temp octet (flag bit 6).</param>
/// <param name="Warning">Warning octet (flag bit 5).</param>
/// <param name="Trend">CGM Trend Information in mg/dL a minute (flag bit 0), null when absent.</param>
/// <param name="Quality">CGM Quality in per cent (flag bit 1), null when absent.</param>
/// <param name="Octets">The record's octets within the notification.</param>
public readonly record struct CgmMeasurement(
    MderFloat Concentration,
    ushort TimeOffset,
    byte Status,
    byte CalibrationTemperature,
    byte Warning,
    MderFloat? Trend,
    MderFloat? Quality,
    Range Octets)
{
    /// <summary>Size of a record without optional fields: size, flags, concentration, time offset.</summary>
    public const int MinSizeOctets = 6;

    /// <summary>
    /// How many records <paramref name="octets"/> hold, by their Size octets alone; a record that can't be one ends the count. Reading
    /// them finds the error.
    /// </summary>
    public static int CountRecords(ReadOnlySpan<byte> octets)
    {
        int count = 0;
        for (int at = 0; at < octets.Length && octets[at] >= MinSizeOctets; at += octets[at])
        {
            count++;
        }

        return count;
    }

    /// <summary>
    /// Reads the next record of a notification. False when the reader has failed: the size fits neither the flags nor the flags and a CRC,
    /// the CRC is wrong, missing or not to be there, the record is cut short, or its concentration is negative.
    /// </summary>
    /// <param name="reader">Stands at the Size octet; afterwards behind the record.</param>
    /// <param name="octets">The whole notification.</param>
    /// <param name="crcRequired">Whether the record must carry an E2E-CRC; null when that is not known.</param>
    /// <param name="measurement">The record.</param>
    internal static bool TryRead(
        ref WireReader reader, ReadOnlySpan<byte> octets, bool? crcRequired, out CgmMeasurement measurement)
    {
        int start = reader.Offset;
        byte size = reader.UInt8("Size");
        byte flags = reader.UInt8("Flags");
        int plain = SizeOf(flags);
        bool hasCrc = size == plain + CgmCrc.Octets;
        if (!reader.Failed && size != plain && !hasCrc)
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "Size", start);
        }

        MderFloat concentration = reader.SFloat("CGM Glucose Concentration");
        measurement = new CgmMeasurement(
            concentration,
            TimeOffset: reader.UInt16("Time Offset"),
            Status: (flags & 0x80) != 0 ? reader.UInt8("Sensor Status Annunciation: Status") : (byte)0,
            CalibrationTemperature: (flags & 0x40) != 0 ? reader.UInt8("Sensor Status Annunciation: Cal/Temp") : (byte)0,
            Warning: (flags & 0x20) != 0 ? reader.UInt8("Sensor Status Annunciation: Warning") : (byte)0,
            Trend: (flags & 0x01) != 0 ? reader.SFloat("CGM Trend Information") : null,
            Quality: (flags & 0x02) != 0 ? reader.SFloat("CGM Quality") : null,
            Octets: start..(start + size));
        if (!reader.Failed && crcRequired is { } required && required != hasCrc)
        {
            reader.Reject(DecodeErrorCode.CrcMismatch, CgmCrc.Field, reader.Offset);
        }
        else if (hasCrc)
        {
            CgmCrc.Verify(ref reader, octets, start);
        }

        if (!reader.Failed && concentration.Mantissa < 0)
        {
            reader.Reject(DecodeErrorCode.FillerRecord, "CGM Glucose Concentration", start + 2);
        }

        return !reader.Failed;
    }

    private static int SizeOf(byte flags) =>
        MinSizeOctets + (flags >> 7) + ((flags >> 6) & 1) + ((flags >> 5) & 1) + (2 * (flags & 1)) + (flags & 2);
}
