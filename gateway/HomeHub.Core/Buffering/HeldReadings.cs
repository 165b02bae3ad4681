namespace HomeHub.Core.Buffering;

/// <summary>How many readings of a person the hub holds.</summary>
/// <param name="Settled">Those that wait for nothing: receipted by all who get them, kept here by a rule or for want of consent.</param>
/// <param name="Waiting">Those that are on their way, or were refused and wait for somebody to look.</param>
public readonly record struct HeldReadings(long Settled, long Waiting);
