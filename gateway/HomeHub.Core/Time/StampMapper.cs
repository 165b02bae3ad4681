using HomeHub.Profiles;

namespace HomeHub.Core.Time;

/// <summary>
/// From a device's stamp to civil time. The hub's clock is the reference: a stamp counts by its distance from what the device's clock said
/// when it was read (effective = hub now - (device now - stamp)). Pure: everything comes in as arguments.
/// </summary>
public static class StampMapper
{
    /// <summary>How far after its reception a record may lie before its stamp can't be right.</summary>
    public static readonly TimeSpan MaxAhead = TimeSpan.FromSeconds(60);

    /// <summary>How old a stamp may be that can't be compared, where no pairing with this hub is known.</summary>
    public static readonly TimeSpan MaxAgeUncompared = TimeSpan.FromDays(31);

    private const int MaxOffsetQuarters = 14 * 4;

    /// <summary>Effective time of a record that has no stamp, or one that can't be used: its reception, in the home's offset.</summary>
    public static EffectiveTime AtReception(DateTimeOffset receivedAt, HubZone zone, StampUse use) => new(zone.Show(receivedAt, receivedAt), use);

    /// <summary>
    /// Maps a stamp by a clock comparison; false when the result would lie in the future or one of the two is no date, which is a time fault.
    /// </summary>
    public static bool TryMap(
        PhdTimestamp stamp, ClockCheck check, DateTimeOffset receivedAt, HubZone zone, out EffectiveTime effective)
    {
        effective = default;
        if (!stamp.TryGetLocal(out DateTime stamped) || check.DeviceTime is not { } clock || !clock.TryGetLocal(out DateTime deviceNow))
        {
            return false;
        }

        TimeSpan age = deviceNow - stamped;
        if (stamp.OffsetQuarters is { } stampOffset && clock.OffsetQuarters is { } clockOffset)
        {
            age -= TimeSpan.FromMinutes(15 * (clockOffset - stampOffset));
        }

        DateTimeOffset readAt = WholeSeconds(check.ReadAt);
        // In ticks: a stamp and a clock that lie thousands of years apart point to times that no date can hold.
        long mapped = readAt.UtcTicks - age.Ticks;
        if (mapped < DateTimeOffset.MinValue.AddDays(1).UtcTicks || mapped > (receivedAt + MaxAhead).UtcTicks)
        {
            return false;
        }

        effective = new EffectiveTime(zone.Show(new DateTimeOffset(mapped, TimeSpan.Zero), receivedAt), StampUse.Mapped);
        return true;
    }

    /// <summary>
    /// What a stamp is worth that can't be compared: itself in the home's offset when it is plausible, else the time of reception.
    /// </summary>
    /// <param name="stamp">The stamp.</param>
    /// <param name="clockUnset">True when the device itself says that its clock was not set.</param>
    /// <param name="receivedAt">Time of reception.</param>
    /// <param name="notBefore">When the device was paired with this hub; null where that is not known.</param>
    /// <param name="zone">The home's zone.</param>
    public static EffectiveTime WithoutComparison(
        PhdTimestamp stamp, bool clockUnset, DateTimeOffset receivedAt, DateTimeOffset? notBefore, HubZone zone)
    {
        if (clockUnset || !stamp.TryGetLocal(out DateTime local) || local.Year < 1900 || local.Year > 9998)
        {
            return AtReception(receivedAt, zone, StampUse.NotUsable);
        }

        DateTimeOffset stamped = stamp.OffsetQuarters is { } quarters
            ? WithOffset(local, quarters, receivedAt, zone)
            : zone.FromLocal(local, receivedAt);
        DateTimeOffset earliest = notBefore ?? receivedAt - MaxAgeUncompared;
        return stamped >= earliest && stamped <= receivedAt + MaxAhead
            ? new EffectiveTime(stamped, StampUse.AsReported)
            : AtReception(receivedAt, zone, StampUse.NotUsable);
    }

    /// <summary>A zone and daylight saving may add up to more than the 14 hours that a dateTime can show; the instant is right all the same.</summary>
    private static DateTimeOffset WithOffset(DateTime local, int quarters, DateTimeOffset receivedAt, HubZone zone)
    {
        var instant = new DateTimeOffset(local.AddMinutes(-15 * quarters), TimeSpan.Zero);
        return Math.Abs(quarters) <= MaxOffsetQuarters ? instant.ToOffset(TimeSpan.FromMinutes(15 * quarters)) : zone.Show(instant, receivedAt);
    }

    /// <summary>A stamp has whole seconds, so what is computed from it has too.</summary>
    private static DateTimeOffset WholeSeconds(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
}
