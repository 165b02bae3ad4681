using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.Glucose;

/// <summary>
/// Glucose Measurement (0x2A18; Glucose Service 1.0.1, 3.1; GATT Specification Supplement 3.118). Flag bits 5 to 7 and status bits 12 to 15
/// are reserved and ignored.
/// </summary>
/// <param name="SequenceNumber">Sequence Number of the record, 0 to 65535.</param>
/// <param name="BaseTime">Base Time: the meter's clock, without the corrections that the user made.</param>
/// <param name="TimeOffset">Time Offset in minutes from Base Time to the time that the user sees (flag bit 0); 32767 = overrun,
/// -32768 = underrun; null when absent.</param>
/// <param name="InMolePerLitre">Unit of the concentration: mol/L, else kg/L (flag bit 2).</param>
/// <param name="Concentration">Glucose Concentration (flag bit 1), null when absent.</param>
/// <param name="TypeAndLocation">Type (low nibble) and Sample Location (high nibble) (flag bit 1), null when absent.</param>
/// <param name="Status">Sensor Status Annunciation (flag bit 3), null when absent.</param>
/// <param name="ContextFollows">Context Information Follows (flag bit 4).</param>
public readonly record struct GlucoseMeasurement(
    ushort SequenceNumber,
    PhdTimestamp BaseTime,
    short? TimeOffset,
    bool InMolePerLitre,
    MderFloat? Concentration,
    byte? TypeAndLocation,
    ushort? Status,
    bool ContextFollows)
{
    private const short Overrun = short.MaxValue, Underrun = short.MinValue;

    /// <summary>
    /// Base Time and Time Offset together: the time that the user sees. Null when the date is unknown, when an offset is to be added to a day that does not
    /// exist, and when the offset is more than its field can tell.
    /// </summary>
    public PhdTimestamp? UserFacingTime => TimeOffset is Overrun or Underrun ? null : BaseTime.AddMinutes(TimeOffset ?? 0);

    /// <summary>
    /// Reads one payload; false with field and offset when it is cut short, octets are left over, or the concentration is negative:
    /// real meters fill unused memory with such records.
    /// </summary>
    public static bool TryDecode(ReadOnlySpan<byte> octets, out GlucoseMeasurement measurement, out DecodeError error)
    {
        var reader = new WireReader(octets);
        byte flags = reader.UInt8("Flags");
        bool hasConcentration = (flags & 0x02) != 0;
        ushort sequence = reader.UInt16("Sequence Number");
        PhdTimestamp baseTime = reader.DateTime("Base Time");
        short? timeOffset = (flags & 0x01) != 0 ? reader.Int16("Time Offset") : null;
        int concentrationAt = reader.Offset;
        measurement = new GlucoseMeasurement(
            sequence,
            baseTime,
            timeOffset,
            InMolePerLitre: (flags & 0x04) != 0,
            Concentration: hasConcentration ? reader.SFloat("Glucose Concentration") : null,
            TypeAndLocation: hasConcentration ? reader.UInt8("Type-Sample Location") : null,
            Status: (flags & 0x08) != 0 ? reader.UInt16("Sensor Status Annunciation") : null,
            ContextFollows: (flags & 0x10) != 0);
        if (reader.End() && measurement.Concentration is { Mantissa: < 0 })
        {
            reader.Reject(DecodeErrorCode.FillerRecord, "Glucose Concentration", concentrationAt);
        }

        error = reader.Failed ? reader.Error(GlucoseProfile.MeasurementUuid) : default;
        return !reader.Failed;
    }
}
