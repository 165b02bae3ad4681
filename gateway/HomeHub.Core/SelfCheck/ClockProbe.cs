using HomeHub.Core.Time;

namespace HomeHub.Core.SelfCheck;

/// <summary>Whether the hub knows the time. A receipt tells none, so there is nothing to compare with but what the system says.</summary>
/// <param name="clock">The hub's clock.</param>
public sealed class ClockProbe(IHubClock clock) : ISelfCheckProbe
{
    /// <summary>How long after the start of the system a clock may be unknown before somebody should look: a router that starts with the hub takes some minutes.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    public CheckKind Kind => CheckKind.Clock;

    /// <inheritdoc/>
    public Task<CheckFinding> RunAsync(CancellationToken cancellation) => Task.FromResult(
        clock.IsTimeKnown ? new CheckFinding(Kind, CheckOutcome.Good)
        : new CheckFinding(Kind, clock.Uptime < Patience ? CheckOutcome.Unknown : CheckOutcome.Warning, CheckReason.TimeNotKnown));
}
