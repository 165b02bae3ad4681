namespace HomeHub.Web.Tests.Browser;

/// <summary>The system's clock, in a home whose clocks go forward and back.</summary>
internal sealed class HomeClock : TimeProvider
{
    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid");
}
