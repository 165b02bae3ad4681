namespace HomeHub.Core.Audit;

/// <summary>What came of going through the whole log.</summary>
/// <param name="Entries">How many entries there are.</param>
/// <param name="Head">Mark of the last one; null for an empty log.</param>
/// <param name="BrokenAt">Number of the first entry that is not what it was, or is missing; null when all is as it was written.</param>
public sealed record AuditCheck(long Entries, string? Head, long? BrokenAt);
