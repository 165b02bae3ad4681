using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.CurrentTime;

/// <summary>Local Time Information (0x2A0F; Current Time Service 1.1, 3.2): how the device's clock lies to UTC.</summary>
/// <param name="ZoneQuarters">Time Zone in quarters of an hour, -48 to 56, null when unknown (-128).</param>
/// <param name="DaylightQuarters">DST Offset in quarters of an hour: 0, 2, 4 or 8, null when unknown (255).</param>
public readonly record struct LocalTimeInformation(sbyte? ZoneQuarters, byte? DaylightQuarters)
{
    private const sbyte UnknownZone = -128;
    private const byte UnknownDaylight = 255;

    /// <summary>Reads one payload; false with field and offset when it is cut short, octets are left over, or a value is reserved.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> octets, out LocalTimeInformation information, out DecodeError error)
    {
        var reader = new WireReader(octets);
        sbyte zone = reader.Int8("Time Zone");
        byte daylight = reader.UInt8("DST Offset");
        if (reader.End() && zone is not UnknownZone and (< -48 or > 56))
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "Time Zone", 0);
        }

        if (!reader.Failed && daylight is not (0 or 2 or 4 or 8 or UnknownDaylight))
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "DST Offset", 1);
        }

        information = new LocalTimeInformation(zone == UnknownZone ? null : zone, daylight == UnknownDaylight ? null : daylight);
        error = reader.Failed ? reader.Error(CurrentTimeProfile.LocalTimeUuid) : default;
        return !reader.Failed;
    }
}
