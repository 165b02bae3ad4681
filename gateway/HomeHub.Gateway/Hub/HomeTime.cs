using HomeHub.Core.Time;

namespace HomeHub.Gateway.Hub;

/// <summary>The system's clock, shown in the time zone of the home; in that of the system while nobody has said it.</summary>
/// <param name="system">The system's clock.</param>
/// <param name="home">Where the home is.</param>
internal sealed class HomeTime(TimeProvider system, HomeZone home) : TimeProvider
{
    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => home.Zone ?? system.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => system.TimestampFrequency;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => system.GetUtcNow();

    /// <inheritdoc/>
    public override long GetTimestamp() => system.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        system.CreateTimer(callback, state, dueTime, period);
}
