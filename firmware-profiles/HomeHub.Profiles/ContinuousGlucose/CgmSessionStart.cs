using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.ContinuousGlucose;

/// <summary>CGM Session Start Time (0x2AAA; CGM Service 1.0.2, 3.4).</summary>
/// <param name="Start">Session Start Time, with its offset from UTC where the device knows both time zone and daylight saving.</param>
/// <param name="TimeZone">Time Zone in quarters of an hour, -48 to 56, or -128 = unknown.</param>
/// <param name="DaylightSaving">DST-Offset in quarters of an hour: 0, 2, 4 or 8, or 255 = unknown.</param>
public readonly record struct CgmSessionStart(PhdTimestamp Start, sbyte TimeZone, byte DaylightSaving)
{
    /// <summary>Time Zone that is not known.</summary>
    public const sbyte UnknownTimeZone = -128;

    /// <summary>DST-Offset that is not known.</summary>
    public const byte UnknownDaylightSaving = 255;

    private const sbyte MinTimeZone = -48;
    private const sbyte MaxTimeZone = 56;

    /// <summary>Reads one payload; false with field and offset when it can't be one, its CRC is wrong, or a field holds a reserved value.</summary>
    /// <param name="octets">The payload.</param>
    /// <param name="crcRequired">Whether it must carry an E2E-CRC; null when that is not known.</param>
    /// <param name="start">What it says.</param>
    /// <param name="error">What is wrong.</param>
    public static bool TryDecode(ReadOnlySpan<byte> octets, bool? crcRequired, out CgmSessionStart start, out DecodeError error)
    {
        var reader = new WireReader(octets);
        PhdTimestamp stamp = reader.DateTime("Session Start Time");
        int zoneAt = reader.Offset;
        sbyte zone = reader.Int8("Time Zone");
        byte daylight = reader.UInt8("DST-Offset");
        if (CgmCrc.End(ref reader, octets, crcRequired))
        {
            RejectReserved(ref reader, zoneAt, zone, daylight);
        }

        bool offsetKnown = zone != UnknownTimeZone && daylight != UnknownDaylightSaving;
        start = new CgmSessionStart(
            reader.Failed || !offsetKnown ? stamp : stamp with { OffsetQuarters = (sbyte)(zone + daylight) }, zone, daylight);
        error = reader.Failed ? reader.Error(CgmProfile.SessionStartUuid) : default;
        return !reader.Failed;
    }

    private static void RejectReserved(ref WireReader reader, int zoneAt, sbyte zone, byte daylight)
    {
        if (zone != UnknownTimeZone && zone is < MinTimeZone or > MaxTimeZone)
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "Time Zone", zoneAt);
        }
        else if (daylight is not (0 or 2 or 4 or 8 or UnknownDaylightSaving))
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "DST-Offset", zoneAt + 1);
        }
    }
}
