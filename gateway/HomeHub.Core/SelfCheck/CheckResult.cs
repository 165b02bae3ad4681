using HomeHub.Core.Naming;

namespace HomeHub.Core.SelfCheck;

/// <summary>How it stands with one check.</summary>
/// <param name="Finding">What was found last.</param>
/// <param name="Since">Since when this run of the hub finds it so.</param>
public sealed record CheckResult(CheckFinding Finding, DateTimeOffset Since)
{
    /// <summary>The check, as it is called in JSON: <c>database</c>.</summary>
    public string Name => KebabName.Of(Finding.Kind);

    /// <summary>Outcome and reason as one word: <c>good</c>, <c>warning:disk-low</c>.</summary>
    public string Code => Finding.Reason is { } reason ? $"{KebabName.Of(Finding.Outcome)}:{KebabName.Of(reason)}" : KebabName.Of(Finding.Outcome);

    /// <summary>
    /// Whether it needs somebody, and nothing else tells of it: the adapter and the clock are known at every moment, as they are now, and often mend by themselves.
    /// </summary>
    public bool IsNews => Finding is { Outcome: >= CheckOutcome.Warning, Kind: not CheckKind.Adapter, Reason: not CheckReason.TimeNotKnown };
}
