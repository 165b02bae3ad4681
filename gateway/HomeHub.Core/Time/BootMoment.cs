namespace HomeHub.Core.Time;

/// <summary>A moment of which only the start of the system and the time since it are known: the clock was not synchronised then.</summary>
/// <param name="BootId">Name of that start, as <see cref="IHubClock.BootId"/>.</param>
/// <param name="Uptime">Time since it.</param>
public sealed record BootMoment(string BootId, TimeSpan Uptime);
