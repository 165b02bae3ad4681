using HomeHub.Core.Time;

namespace HomeHub.Testing.Time;

/// <summary>A double of what the system knows of its time: what a test says.</summary>
public sealed record ClockDouble : IHubClock
{
    /// <inheritdoc/>
    public bool IsTimeKnown { get; set; } = true;

    /// <inheritdoc/>
    public string BootId { get; init; } = "boot";

    /// <inheritdoc/>
    public TimeSpan Uptime { get; init; } = TimeSpan.FromMinutes(10);
}
