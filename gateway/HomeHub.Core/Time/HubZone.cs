namespace HomeHub.Core.Time;

/// <summary>
/// The civil time zone of the home. A hub has one, set at installation; a tool that replays a capture has none and takes the offset of
/// each reception time, which is all that the capture knows.
/// </summary>
/// <param name="current">Gives the zone as it is now, or null to take the offset of the reception time.</param>
public sealed class HubZone(Func<TimeZoneInfo?> current)
{
    /// <summary>No zone of its own: the offset of the reception time counts for everything that came with it.</summary>
    public static readonly HubZone OfReception = new(() => null);

    /// <summary>A zone that stays.</summary>
    public HubZone(TimeZoneInfo zone)
        : this(() => zone)
    {
    }

    /// <summary><paramref name="instant"/> with the home's offset at that instant.</summary>
    public DateTimeOffset Show(DateTimeOffset instant, DateTimeOffset receivedAt) =>
        instant.ToOffset(current()?.GetUtcOffset(instant) ?? receivedAt.Offset);

    /// <summary>A local date and time of the home as an instant; the hour that comes twice in autumn counts as the first one.</summary>
    public DateTimeOffset FromLocal(DateTime local, DateTimeOffset receivedAt)
    {
        if (current() is not { } zone)
        {
            return new DateTimeOffset(local, receivedAt.Offset);
        }

        if (!zone.IsAmbiguousTime(local))
        {
            return new DateTimeOffset(local, zone.GetUtcOffset(local));
        }

        return new DateTimeOffset(local, zone.GetAmbiguousTimeOffsets(local).Max());
    }
}
