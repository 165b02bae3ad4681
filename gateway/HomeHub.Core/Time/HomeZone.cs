namespace HomeHub.Core.Time;

/// <summary>
/// The time zone of the home, as the running hub knows it: said by the configuration and then fixed, or set by a person while it runs. Once known it is never unknown
/// again. Safe for several threads.
/// </summary>
/// <param name="configured">What the configuration says, which nothing else changes; null: it says nothing.</param>
public sealed class HomeZone(TimeZoneInfo? configured)
{
    private volatile TimeZoneInfo? _zone = configured;

    /// <summary>The zone; null while nobody has said it.</summary>
    public TimeZoneInfo? Zone => _zone;

    /// <summary>Whether it is known.</summary>
    public bool IsKnown => _zone is not null;

    /// <summary>Whether the configuration says it, so that it can't be set otherwise.</summary>
    public bool IsFixed { get; } = configured is not null;

    /// <summary>Sets it. What was taken before keeps the instant that it was given.</summary>
    /// <exception cref="InvalidOperationException"><see cref="IsFixed"/>.</exception>
    public void Set(TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        if (IsFixed)
        {
            throw new InvalidOperationException("The configuration says the time zone.");
        }

        _zone = zone;
    }

    /// <summary>A zone by its name in the IANA database, <c>Europe/Madrid</c>; null when there is none, or the name is not of that form.</summary>
    public static TimeZoneInfo? Find(string name) =>
        name.Contains('/', StringComparison.Ordinal) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) ? zone : null;
}
