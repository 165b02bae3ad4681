using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.CurrentTime;

/// <summary>Current Time (0x2A2B; Current Time Service 1.1, 3.1; GATT Specification Supplement, Current Time): the device's own clock.</summary>
/// <param name="Time">Date and time; unknown fields are zero.</param>
/// <param name="DayOfWeek">0 = unknown, 1 = Monday to 7 = Sunday.</param>
/// <param name="Fractions256">Fraction of the second in units of 1/256 s.</param>
/// <param name="AdjustReason">Why the clock was changed; bits 4 to 7 are reserved.</param>
public readonly record struct CurrentTimeReport(PhdTimestamp Time, byte DayOfWeek, byte Fractions256, byte AdjustReason)
{
    private const byte MaxDayOfWeek = 7;

    /// <summary>Reads one payload; false with field and offset when it is cut short, octets are left over, or it can't be a date.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> octets, out CurrentTimeReport report, out DecodeError error)
    {
        var reader = new WireReader(octets);
        PhdTimestamp time = reader.DateTime("Exact Time 256");
        int dayOffset = reader.Offset;
        report = new CurrentTimeReport(time, reader.UInt8("Day of Week"), reader.UInt8("Fractions256"), reader.UInt8("Adjust Reason"));
        if (reader.End() && report.DayOfWeek > MaxDayOfWeek)
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "Day of Week", dayOffset);
        }

        error = reader.Failed ? reader.Error(CurrentTimeProfile.CurrentTimeUuid) : default;
        return !reader.Failed;
    }
}
