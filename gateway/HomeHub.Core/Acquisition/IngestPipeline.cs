using HomeHub.Core.Buffering;
using HomeHub.Core.Delivery;
using HomeHub.Core.Liveness;
using HomeHub.Core.Telemetry;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using Microsoft.Extensions.Logging;

namespace HomeHub.Core.Acquisition;

/// <summary>
/// From a source to the disk: payload, session, reading, buffer. Payloads that come together share a commit; the source is asked for more
/// only when what it gave is safe.
/// </summary>
public sealed class IngestPipeline(
    IReadingBuffer buffer,
    DeliveryRules rules,
    HubZone zone,
    TimeProvider time,
    HubMetrics metrics,
    ILogger<IngestPipeline> logger,
    IReadingWatcher? watcher = null,
    LoopPulse? pulse = null,
    Action? diskChanged = null)
{
    /// <summary>Most payloads that wait for one commit.</summary>
    public const int MaxBatchPayloads = 500;

    /// <summary>Most connections that are open at a time; the one that was silent longest is closed for a new one.</summary>
    public const int MaxOpenSessions = 256;

    /// <summary>Longest time for the last commit after the pipeline was cancelled.</summary>
    public static readonly TimeSpan LastCommitLimit = TimeSpan.FromSeconds(5);

    /// <summary>Longest time for what came together to be decoded and put on disk. That the buffer is full is a reason, and no stall.</summary>
    public static readonly TimeSpan TurnLimit = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan FullRetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FullReportInterval = TimeSpan.FromMinutes(1);

    private readonly OpenSessions _sessions = new(zone, MaxOpenSessions, tellsIdentifiersApart: false, buffer.KnownSince);
    private readonly List<NewReading> _readings = [];
    private readonly List<RejectedPayload> _rejected = [];
    private readonly List<Action> _committed = [];
    private readonly DiskWait _disk = new(time, logger, pulse, diskChanged);
    private IngestTotals _totals;

    /// <summary>Raised after each commit that stored something to send.</summary>
    public event Action? Stored;

    /// <summary>What came out so far.</summary>
    public IngestTotals Totals => _totals;

    /// <summary>Runs a source to its end. Cancelled, it still puts on disk what the source gives until it ends too: not every device tells it again.</summary>
    /// <exception cref="BufferException">The buffer is damaged or fails; the source keeps what was not taken. A disk that is full or can't be written is waited for.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled. What was taken is on disk, unless that took longer than the limit or the disk takes nothing.</exception>
    public async Task<IngestTotals> RunAsync(IPayloadSource source, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var late = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using CancellationTokenRegistration last = cancellation.Register(() => late.CancelAfter(LastCommitLimit));
        IAsyncEnumerator<SourceItem> items = source.ReadAsync(ending.Token).GetAsyncEnumerator(ending.Token);
        await using (items.ConfigureAwait(false))
        {
            Task<bool>? pending = null;
            try
            {
                int waiting = 0;
                while (true)
                {
                    ValueTask<bool> next = items.MoveNextAsync();
                    pending = next.IsCompleted ? null : next.AsTask();
                    if (waiting > 0 && (pending is not null || waiting >= MaxBatchPayloads))
                    {
                        await CommitAsync(cancellation, late.Token).ConfigureAwait(false);
                        waiting = 0;
                    }

                    if (pending is not null)
                    {
                        // The turn is the source's, for as long as that has nothing.
                        pulse?.Rest();
                    }

                    if (!await MoveAsync(pending is null ? next : new ValueTask<bool>(pending), cancellation, late.Token).ConfigureAwait(false))
                    {
                        break;
                    }

                    pulse?.Beat();
                    Take(items.Current);
                    waiting++;
                }

                await CommitAsync(cancellation, late.Token).ConfigureAwait(false);
                pulse?.Rest();
            }
            catch when (pending is { IsCompleted: false })
            {
                // A source that still works can't be let go of, and would hide why.
                await ending.CancelAsync().ConfigureAwait(false);
                await ((Task)pending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw;
            }
        }

        return _totals;
    }

    /// <summary>A source that ends by its cancellation has given things before; they are put on disk first.</summary>
    private async Task<bool> MoveAsync(ValueTask<bool> next, CancellationToken cancellation, CancellationToken late)
    {
        try
        {
            return await next.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await CommitAsync(cancellation, late).ConfigureAwait(false);
            throw;
        }
    }

    private void Take(SourceItem item)
    {
        _totals = _totals with { Payloads = _totals.Payloads + 1 };
        if (item.Committed is { } committed)
        {
            _committed.Add(committed);
        }

        if (item.Payload is not { } payload)
        {
            _totals = _totals with { BadLines = _totals.BadLines + 1 };
            logger.LogWarning(
                "Line {Line} can't be read: {Code} {Field}", item.Line, item.Error is { } e ? Profiles.DecodeErrorCodes.ToWire(e.Code) : "", item.Error?.Field);
            return;
        }

        if (!payload.IsDecoded)
        {
            return;
        }

        AcquisitionSession session = _sessions.Of(payload);
        SessionOutcome outcome = session.Accept(payload.Payload);
        // A reading without a time is kept whole and told, but never with a time that was guessed.
        RejectedPayload? rejected = outcome.Rejected ?? (payload.Unplaced is null || outcome.Readings.Length == 0
            ? null
            : session.Reject(payload.Payload, new DecodeError(DecodeErrorCode.TimeUnknown, payload.Payload.Characteristic, "reception", 0)));
        if (rejected is not null)
        {
            _rejected.Add(payload.Unplaced is { } taken ? rejected with { Unplaced = session.PlaceInBoot(payload.Payload, taken) } : rejected);
            return;
        }

        foreach (AcquiredReading reading in outcome.Readings)
        {
            _readings.Add(new NewReading(reading, rules.Decide(reading)));
        }
    }

    /// <param name="cancellation">Ends the wait for room in a full buffer or on a full disk.</param>
    /// <param name="late">Ends what is under way.</param>
    private async Task CommitAsync(CancellationToken cancellation, CancellationToken late)
    {
        pulse?.Beat();
        if (_rejected.Count > 0)
        {
            int kept = await _disk.RunAsync(() => buffer.QuarantineAsync(_rejected, late), cancellation).ConfigureAwait(false);
            _totals = _totals with { Quarantined = _totals.Quarantined + kept };
            foreach (RejectedPayload rejected in _rejected)
            {
                metrics.NotUnderstood(rejected.Error.Code, rejected.Error.Characteristic);
                watcher?.OnStep(ReadingStep.Quarantined, default, rejected.Device, rejected.Error.Characteristic);
            }

            _rejected.Clear();
        }

        long? reportedAt = null;
        while (_readings.Count > 0)
        {
            AppendOutcome[] outcomes = await _disk.RunAsync(() => buffer.AppendAsync(_readings, late), cancellation).ConfigureAwait(false);
            Count(outcomes);
            if (_readings.Count > 0)
            {
                pulse?.Excuse("The buffer is full of readings that nobody has receipted.");
                if (reportedAt is not { } last || time.GetElapsedTime(last) >= FullReportInterval)
                {
                    // Again and again while it lasts, but a broker that is away for days must not fill the log too.
                    reportedAt = time.GetTimestamp();
                    logger.LogError(
                        "The buffer is full of readings that nobody has receipted: {Count} readings are held back at their source until there is room",
                        _readings.Count);
                }

                await Task.Delay(FullRetryDelay, time, cancellation).ConfigureAwait(false);
            }
        }

        foreach (Action committed in _committed)
        {
            committed();
        }

        _committed.Clear();
    }

    /// <summary>Counts what was taken and keeps in the list what the full buffer refused.</summary>
    private void Count(AppendOutcome[] outcomes)
    {
        int refused = 0;
        bool toSend = false;
        for (int i = 0; i < outcomes.Length; i++)
        {
            if (outcomes[i] == AppendOutcome.Full)
            {
                _readings[refused++] = _readings[i];
                continue;
            }

            NewReading taken = _readings[i];
            bool isNew = outcomes[i] == AppendOutcome.Stored;
            bool isLocal = taken.Deliveries.All(delivery => delivery.State != DeliveryState.Buffered);
            bool isWithheld = isLocal && taken.Deliveries.Any(delivery => delivery.State == DeliveryState.Withheld);
            toSend |= isNew && !isLocal;
            _totals = _totals with
            {
                Stored = _totals.Stored + (isNew ? 1 : 0),
                Local = _totals.Local + (isNew && isLocal && !isWithheld ? 1 : 0),
                Withheld = _totals.Withheld + (isNew && isWithheld ? 1 : 0),
                Duplicates = _totals.Duplicates + (isNew ? 0 : 1),
            };
            metrics.Appended(outcomes[i]);
            ReadingStep step = !isNew ? ReadingStep.Duplicate : isWithheld ? ReadingStep.Withheld : isLocal ? ReadingStep.Local : ReadingStep.Buffered;
            watcher?.OnStep(step, taken.Reading.Identity, taken.Reading.Device, taken.Reading.Characteristic);
        }

        _readings.RemoveRange(refused, _readings.Count - refused);
        if (toSend)
        {
            Stored?.Invoke();
        }
    }
}
