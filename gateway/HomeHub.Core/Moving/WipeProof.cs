namespace HomeHub.Core.Moving;

/// <summary>What can be shown for it that nothing of a home is left on a hub that was replaced.</summary>
/// <param name="At">When it was done.</param>
/// <param name="Who">By whom.</param>
/// <param name="Moved">When its history was packed, and how much.</param>
/// <param name="Files">How many files were overwritten and removed.</param>
/// <param name="Mark">Mark of the last entry of the audit log, which moved along: the next hub can show it; null: there was none.</param>
public sealed record WipeProof(DateTimeOffset At, string Who, MovedHub Moved, int Files, string? Mark);
