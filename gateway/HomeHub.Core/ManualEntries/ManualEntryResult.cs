using HomeHub.Core.Acquisition;

namespace HomeHub.Core.ManualEntries;

/// <summary>An entry as a reading, or why it is none.</summary>
/// <param name="Reading">The reading; null when it is refused.</param>
/// <param name="Error">What is wrong with it, in words for a person and without its values; null when nothing is.</param>
public readonly record struct ManualEntryResult(AcquiredReading? Reading, string? Error);
