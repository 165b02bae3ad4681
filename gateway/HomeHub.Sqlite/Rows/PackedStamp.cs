using HomeHub.Profiles;

namespace HomeHub.Sqlite;

/// <summary>A device's stamp in one number: year in the top 16 bits, then month, day, hour, minute, second and offset, 8 bits each.</summary>
internal static class PackedStamp
{
    /// <summary>Stands for "no offset": 32 hours, which no zone has.</summary>
    private const sbyte NoOffset = sbyte.MinValue;

    /// <summary>Packs; any stamp, also one that is no day of the calendar.</summary>
    public static long Pack(PhdTimestamp stamp) =>
        ((long)stamp.Year << 48) | ((long)stamp.Month << 40) | ((long)stamp.Day << 32) | ((long)stamp.Hour << 24)
        | ((long)stamp.Minute << 16) | ((long)stamp.Second << 8) | (byte)(stamp.OffsetQuarters ?? NoOffset);

    /// <summary>The stamp that was packed.</summary>
    public static PhdTimestamp Unpack(long packed)
    {
        var offset = (sbyte)packed;
        return new PhdTimestamp(
            (ushort)(packed >> 48),
            (byte)(packed >> 40),
            (byte)(packed >> 32),
            (byte)(packed >> 24),
            (byte)(packed >> 16),
            (byte)(packed >> 8),
            offset == NoOffset ? null : offset);
    }
}
