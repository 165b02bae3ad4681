namespace HomeHub.Core.SelfCheck;

/// <summary>What a check found.</summary>
/// <param name="Kind">Which check.</param>
/// <param name="Outcome">What came out.</param>
/// <param name="Reason">Why; null where it is <see cref="CheckOutcome.Good"/> or <see cref="CheckOutcome.Off"/>.</param>
/// <param name="Detail">What it is about, for whoever looks after the hub: a file's name, a date. No secret, no value, no name of a person; null where there is nothing to add.</param>
public sealed record CheckFinding(CheckKind Kind, CheckOutcome Outcome, CheckReason? Reason = null, string? Detail = null)
{
    /// <summary>The graver of two findings of a check: the first one, where they are alike.</summary>
    public CheckFinding Or(CheckFinding other) => other.Outcome > Outcome ? other : this;
}
