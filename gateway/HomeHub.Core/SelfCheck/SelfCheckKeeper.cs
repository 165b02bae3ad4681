using Microsoft.Extensions.Logging;

namespace HomeHub.Core.SelfCheck;

/// <summary>
/// Has the hub look at itself: once all has started, and daily; hourly while something is other than good, so that it is told when it is mended. What changed is
/// logged once.
/// </summary>
/// <param name="probes">What is looked at; one after the other.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told what changed.</param>
public sealed class SelfCheckKeeper(IReadOnlyList<ISelfCheckProbe> probes, TimeProvider time, ILogger<SelfCheckKeeper> logger)
{
    /// <summary>How long after the start it looks first: by then the adapter and the pages are there.</summary>
    public static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(10);

    /// <summary>How often it looks while all is well.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    /// <summary>How often it looks while something is other than good.</summary>
    public static readonly TimeSpan IntervalOfTrouble = TimeSpan.FromHours(1);

    private volatile Tuple<SelfCheckReport, long>? _last;

    /// <summary>What was found last, with its times by the hub's clock as it is now; null before the first look has ended.</summary>
    public SelfCheckReport? Report => _last is var (report, at) ? report.Moved(Step(report, at)) : null;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await Task.Delay(AfterStart, time, cancellation).ConfigureAwait(false);
        while (true)
        {
            SelfCheckReport report = await LookAsync(cancellation).ConfigureAwait(false);
            await Task.Delay(report.Worst > CheckOutcome.Good ? IntervalOfTrouble : Interval, time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Looks once, now.</summary>
    public async Task<SelfCheckReport> LookAsync(CancellationToken cancellation)
    {
        List<CheckFinding> findings = [];
        foreach (ISelfCheckProbe probe in probes)
        {
            findings.Add(await RunAsync(probe, cancellation).ConfigureAwait(false));
        }

        SelfCheckReport? before = Report;
        var report = SelfCheckReport.Of(findings, before, time.GetUtcNow());
        foreach (CheckResult changed in report.ChangedSince(before).Where(result => before is not null || result.Finding.Outcome > CheckOutcome.Good))
        {
            logger.Log(
                changed.Finding.Outcome switch { CheckOutcome.Bad => LogLevel.Error, CheckOutcome.Warning => LogLevel.Warning, _ => LogLevel.Information },
                "Self-check of {Check}: {Outcome} {Detail}",
                changed.Name,
                changed.Code,
                changed.Finding.Detail ?? "");
        }

        _last = Tuple.Create(report, time.GetTimestamp());
        return report;
    }

    /// <summary>A fault of a check must not end the hub, nor pass for good.</summary>
    private static async Task<CheckFinding> RunAsync(ISelfCheckProbe probe, CancellationToken cancellation)
    {
        try
        {
            return await probe.RunAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever it was: told as a check that failed.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return new CheckFinding(probe.Kind, CheckOutcome.Unknown, CheckReason.CheckFailed, error.GetType().Name);
        }
    }

    /// <summary>By how much the hub's clock was set since a report; what is less than a second is how long it took to ask.</summary>
    private TimeSpan Step(SelfCheckReport report, long at)
    {
        TimeSpan step = time.GetUtcNow() - time.GetElapsedTime(at) - report.At;
        return step.Duration() < TimeSpan.FromSeconds(1) ? TimeSpan.Zero : step;
    }
}
