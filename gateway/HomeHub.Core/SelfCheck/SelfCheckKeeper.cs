using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace HomeHub.Core.SelfCheck;

/// <summary>
/// Has the hub look at itself: once all has started, and daily; each thing that is other than good hourly, so that it is told when it is mended, and at once when somebody knows that it changed. What
/// did not come to its end in its time would not in an hour either, and is looked at daily. What changed is logged once.
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

    private readonly Lock _gate = new();
    private readonly Channel<bool> _asking = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly HashSet<CheckKind> _asked = [];
    private readonly Dictionary<ISelfCheckProbe, (CheckFinding Finding, long At)> _found = [];
    private volatile Tuple<SelfCheckReport, long>? _last;

    /// <summary>What was found last, with its times by the hub's clock as it is now; null before the first look has ended.</summary>
    public SelfCheckReport? Report => _last is var (report, at) ? report.Moved(Step(report, at)) : null;

    /// <summary>Asks for a look at what has changed. Returns at once; safe for several threads.</summary>
    public void Ask(params IReadOnlyList<CheckKind> kinds)
    {
        lock (_gate)
        {
            _asked.UnionWith(kinds);
        }

        _asking.Writer.TryWrite(true);
    }

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await Task.Delay(AfterStart, time, cancellation).ConfigureAwait(false);
        while (true)
        {
            ISelfCheckProbe[] due = [.. probes.Where(IsDue)];
            if (due.Length > 0)
            {
                await LookAsync(due, cancellation).ConfigureAwait(false);
            }

            await WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Looks at all once, now.</summary>
    public Task<SelfCheckReport> LookAsync(CancellationToken cancellation) => LookAsync(probes, cancellation);

    private static TimeSpan IntervalOf(CheckFinding finding) =>
        finding.Outcome > CheckOutcome.Good && finding.Reason != CheckReason.NotFinished ? IntervalOfTrouble : Interval;

    private bool IsDue(ISelfCheckProbe probe)
    {
        lock (_gate)
        {
            return DueIn(probe) <= TimeSpan.Zero || _asked.Contains(probe.Kind);
        }
    }

    private TimeSpan DueIn(ISelfCheckProbe probe) => _found.TryGetValue(probe, out (CheckFinding Finding, long At) last) ? IntervalOf(last.Finding) - time.GetElapsedTime(last.At) : TimeSpan.Zero;

    /// <summary>Until the next look is due, or asked for.</summary>
    private async Task WaitAsync(CancellationToken cancellation)
    {
        TimeSpan next;
        lock (_gate)
        {
            next = probes.Select(DueIn).Append(Interval).Min();
        }

        if (next <= TimeSpan.Zero)
        {
            return;
        }

        using var waited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(_asking.Reader.WaitToReadAsync(waited.Token).AsTask(), Task.Delay(next, time, waited.Token)).ConfigureAwait(false);
        await waited.CancelAsync().ConfigureAwait(false);
        _asking.Reader.TryRead(out _);
        cancellation.ThrowIfCancellationRequested();
    }

    private async Task<SelfCheckReport> LookAsync(IReadOnlyList<ISelfCheckProbe> due, CancellationToken cancellation)
    {
        foreach (ISelfCheckProbe probe in due)
        {
            lock (_gate)
            {
                // What changes while it is looked at is looked at once more.
                _asked.Remove(probe.Kind);
            }

            CheckFinding finding = await RunAsync(probe, cancellation).ConfigureAwait(false);
            lock (_gate)
            {
                _found[probe] = (finding, time.GetTimestamp());
            }
        }

        List<CheckFinding> findings;
        lock (_gate)
        {
            findings = [.. probes.Where(_found.ContainsKey).Select(probe => _found[probe].Finding)];
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
