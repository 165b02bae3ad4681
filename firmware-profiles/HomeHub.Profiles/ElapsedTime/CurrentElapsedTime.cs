using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.ElapsedTime;

/// <summary>
/// Current Elapsed Time (0x2BF2) as it is read and indicated: Elapsed Time (GATT Specification Supplement 3.82), then status and capabilities of the clock
/// (Elapsed Time Service 1.0, 3.1.1). Reserved bits are ignored.
/// </summary>
/// <param name="Flags">
/// Bit 0: a tick counter, else a time of day. Bit 1: UTC, else local time. Bits 2 and 3: resolution. Bit 4: the offset is used. Bit 5: current timeline.
/// </param>
/// <param name="TimeValue">Units of the resolution since 2000-01-01T00:00:00, or since whatever a tick counter counts from; 48 bits.</param>
/// <param name="SyncSource">By what the clock was last set: 0 unknown, 1 NTP, 2 GPS, 3 radio, 4 by hand, 5 atomic clock, 6 cellular, 7 not synchronised.</param>
/// <param name="ZoneQuarters">Offset of local time from UTC in quarters of an hour, time zone and daylight saving together; means nothing unless flag bit 4 is set.</param>
/// <param name="Status">Clock Status. Bit 0: the clock needs to be set.</param>
/// <param name="Capabilities">Clock Capabilities. Bit 0: applies daylight saving by itself. Bit 1: follows the time zone by itself.</param>
public readonly record struct CurrentElapsedTime(byte Flags, ulong TimeValue, byte SyncSource, sbyte ZoneQuarters, byte Status, byte Capabilities)
{
    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    private static readonly long MaxSeconds = (DateTime.MaxValue - Epoch).Ticks / TimeSpan.TicksPerSecond;

    /// <summary>True when <see cref="TimeValue"/> counts ticks and tells no time of day.</summary>
    public bool IsTickCounter => (Flags & 0x01) != 0;

    /// <summary>True when it tells UTC, false when local time; means nothing for a tick counter.</summary>
    public bool IsUtc => (Flags & 0x02) != 0;

    /// <summary>Units of <see cref="TimeValue"/> in a second: 1, 10, 1,000 or 10,000.</summary>
    public int UnitsPerSecond => ((Flags >> 2) & 0x03) switch
    {
        0 => 1,
        1 => 10,
        2 => 1_000,
        _ => 10_000,
    };

    /// <summary>True when <see cref="ZoneQuarters"/> is used.</summary>
    public bool HasOffset => (Flags & 0x10) != 0;

    /// <summary>True when it is the timeline that the device is on now.</summary>
    public bool IsCurrentTimeline => (Flags & 0x20) != 0;

    /// <summary>True when the device asks for its clock to be set.</summary>
    public bool NeedsSetting => (Status & 0x01) != 0;

    /// <summary>
    /// The time in whole seconds, where it is local time as the device's stamps are, on the current timeline, and of a clock that was set; else null.
    /// </summary>
    public PhdTimestamp? ComparableTime =>
        !IsTickCounter && !IsUtc && IsCurrentTimeline && !NeedsSetting && Seconds <= MaxSeconds
            ? PhdTimestamp.FromLocal(Epoch.AddSeconds(Seconds), HasOffset ? ZoneQuarters : null)
            : null;

    private long Seconds => (long)(TimeValue / (uint)UnitsPerSecond);

    /// <summary>Reads one payload; false with field and offset when it is cut short, octets are left over, or the time of day lies after the year 9999.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> octets, out CurrentElapsedTime time, out DecodeError error)
    {
        var reader = new WireReader(octets);
        byte flags = reader.UInt8("Flags");
        int valueAt = reader.Offset;
        time = new CurrentElapsedTime(
            flags,
            reader.UInt48("Time Value"),
            reader.UInt8("Time Sync Source Type"),
            reader.Int8("TZ/DST Offset"),
            reader.UInt8("Clock Status"),
            reader.UInt8("Clock Capabilities"));
        if (reader.End() && !time.IsTickCounter && time.Seconds > MaxSeconds)
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "Time Value", valueAt);
        }

        error = reader.Failed ? reader.Error(ElapsedTimeProfile.CurrentElapsedTimeUuid) : default;
        return !reader.Failed;
    }
}
