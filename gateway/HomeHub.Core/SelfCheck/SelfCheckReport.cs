namespace HomeHub.Core.SelfCheck;

/// <summary>What the hub found of itself.</summary>
/// <param name="At">When it looked last, at all or at what was due.</param>
/// <param name="Results">One result a check, in the order of <see cref="CheckKind"/>.</param>
public sealed record SelfCheckReport(DateTimeOffset At, IReadOnlyList<CheckResult> Results)
{
    /// <summary>The gravest outcome of all.</summary>
    public CheckOutcome Worst => Results.Count == 0 ? CheckOutcome.Unknown : Results.Max(result => result.Finding.Outcome);

    /// <summary>Whether somebody should look at the hub.</summary>
    public bool NeedsAttention => Worst >= CheckOutcome.Warning;

    /// <summary>The result of a check; null where it was not made.</summary>
    public CheckResult? Of(CheckKind kind) => Results.FirstOrDefault(result => result.Finding.Kind == kind);

    /// <summary>
    /// A report of new findings, which keeps since when what is still so is so. A check is known by kind, outcome and reason; its detail may change, as a number of bytes does.
    /// </summary>
    /// <param name="findings">What was found now, several of a kind allowed: the gravest counts.</param>
    /// <param name="before">The report before; null at the start.</param>
    /// <param name="now">When it was found.</param>
    public static SelfCheckReport Of(IEnumerable<CheckFinding> findings, SelfCheckReport? before, DateTimeOffset now) => new(
        now,
        [
            .. findings.GroupBy(finding => finding.Kind).OrderBy(kind => kind.Key).Select(kind => kind.Aggregate((one, other) => one.Or(other))).Select(found =>
                new CheckResult(found, before?.Of(found.Kind) is { } last && IsSame(last.Finding, found) ? last.Since : now)),
        ]);

    /// <summary>The results that are other than in a report before.</summary>
    public IEnumerable<CheckResult> ChangedSince(SelfCheckReport? before) =>
        Results.Where(result => before?.Of(result.Finding.Kind) is not { } last || !IsSame(last.Finding, result.Finding));

    /// <summary>Whether it tells the same as another one, moments that moved by less than a second being the same.</summary>
    public bool TellsAs(SelfCheckReport other) => (At - other.At).Duration() < Second && Results.Count == other.Results.Count
        && Results.Zip(other.Results).All(pair => pair.First.Finding == pair.Second.Finding && (pair.First.Since - pair.Second.Since).Duration() < Second);

    /// <summary>The same report with its times moved, as the hub's clock was set.</summary>
    public SelfCheckReport Moved(TimeSpan by) => by == TimeSpan.Zero ? this : new(At + by, [.. Results.Select(result => result with { Since = result.Since + by })]);

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static bool IsSame(CheckFinding one, CheckFinding other) => one.Outcome == other.Outcome && one.Reason == other.Reason;
}
