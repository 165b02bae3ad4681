using System.Buffers;
using System.Diagnostics;
using System.Threading.Channels;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;
using HomeHub.Core.Liveness;
using HomeHub.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace HomeHub.Core.Delivery;

/// <summary>
/// Carries readings from the buffer to one recipient's relay until it has receipted them: leases, encodes, publishes, repeats, settles.
/// One loop does all of it, so that nothing needs a lock; the algorithm is <see cref="DeliveryPlanner"/>.
/// </summary>
public sealed class DeliveryDriver(
    Recipient recipient,
    DeliveryOptions options,
    IReadingBuffer buffer,
    IBundleEncoder encoder,
    IUplink uplink,
    IConsentBook consents,
    TimeProvider time,
    HubMetrics metrics,
    ILogger<DeliveryDriver> logger,
    DiskWait disk,
    IReadingWatcher? watcher = null,
    LoopPulse? pulse = null)
{
    /// <summary>Longest turn: after a decision about consent all readings of a person are gone through.</summary>
    public static readonly TimeSpan TurnLimit = TimeSpan.FromMinutes(10);

    private readonly DeliveryPlanner _planner = new(options);
    private readonly Channel<InFlightBundle?> _events = Channel.CreateUnbounded<InFlightBundle?>(new() { SingleReader = true });
    private readonly KnownDevices _knownDevices = new(recipient, buffer, disk);
    private readonly ConsentDelivery _consent = new(recipient, buffer, consents, disk, logger);
    private readonly ChannelReader<DeliveryReceipt> _receipts = uplink.ReceiptsOf(recipient);
    private readonly ArrayBufferWriter<byte> _json = new(64 * 1024);
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private readonly long _startedStamp = time.GetTimestamp();
    private DateTimeOffset? _waitingSince;
    private volatile bool _isIdle;

    /// <summary>True when nothing waits and nothing is under way: every reading for the recipient is settled.</summary>
    public bool IsDrained => buffer.CountBuffered(recipient) == 0 && _isIdle;

    /// <summary>Says that there may be something to send; cheap, from any thread.</summary>
    public void Wake() => _events.Writer.TryWrite(null);

    /// <summary>Runs until cancelled.</summary>
    /// <exception cref="BufferException">
    /// The buffer is damaged or failed; what was leased is sent again by the next process. A disk that is full or can't be written is waited for, with what is in hand: meanwhile nothing is sent,
    /// for what became of it could not be noted.
    /// </exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        Task<bool> receiptsReady = _receipts.WaitToReadAsync(cancellation).AsTask();
        Task<bool> eventsReady = _events.Reader.WaitToReadAsync(cancellation).AsTask();
        while (true)
        {
            pulse?.Beat();
            while (_receipts.TryRead(out DeliveryReceipt? receipt))
            {
                await SettleAsync(receipt, cancellation).ConfigureAwait(false);
            }

            DrainEvents();
            bool maySend = await _consent.ApplyAsync(_planner, cancellation).ConfigureAwait(false);
            if (!maySend)
            {
                // Nothing is waited for: a time that came would be due in each turn until something may go again.
                _waitingSince = null;
            }
            else if (uplink.IsConnected)
            {
                await SendAsync(cancellation).ConfigureAwait(false);
            }

            _isIdle = _planner.IsIdle && buffer.CountBuffered(recipient) == 0;
            pulse?.Rest();
            using (var waited = CancellationTokenSource.CreateLinkedTokenSource(cancellation))
            {
                await Task.WhenAny(receiptsReady, eventsReady, WaitAsync(waited.Token)).ConfigureAwait(false);
                await waited.CancelAsync().ConfigureAwait(false);
            }

            cancellation.ThrowIfCancellationRequested();
            if (eventsReady.IsFaulted)
            {
                await eventsReady.ConfigureAwait(false);
            }

            receiptsReady = receiptsReady.IsCompleted ? _receipts.WaitToReadAsync(cancellation).AsTask() : receiptsReady;
            eventsReady = eventsReady.IsCompleted ? _events.Reader.WaitToReadAsync(cancellation).AsTask() : eventsReady;
        }
    }

    /// <summary>
    /// Now, for what is due when: a clock that never steps. The hub's own is set when it is synchronised, and a step back would hold up
    /// everything that is due by as much.
    /// </summary>
    private DateTimeOffset SteadyNow() => _startedAt + time.GetElapsedTime(_startedStamp);

    /// <summary>Until the next thing is due, or the broker is back.</summary>
    private Task WaitAsync(CancellationToken cancellation)
    {
        if (!uplink.IsConnected)
        {
            return uplink.WaitConnectedAsync(cancellation);
        }

        DateTimeOffset now = SteadyNow();
        DateTimeOffset next = _planner.NextDueAt ?? now + options.ResendAfter;
        if (_waitingSince is { } since && _planner.HasRoom && since + options.MaxWait < next)
        {
            next = since + options.MaxWait;
        }

        return next <= now ? Task.CompletedTask : Task.Delay(next - now + TimeSpan.FromMilliseconds(1), time, cancellation);
    }

    private void DrainEvents()
    {
        while (_events.Reader.TryRead(out InFlightBundle? failed))
        {
            if (failed is not null)
            {
                _planner.NotePublishFailed(failed, SteadyNow());
            }
        }
    }

    private async Task SendAsync(CancellationToken cancellation)
    {
        foreach (InFlightBundle telling in await _consent.ToTellAsync(encoder, uplink, buffer.Hub, cancellation).ConfigureAwait(false))
        {
            _planner.Start(telling, SteadyNow());
        }

        PublishDue(cancellation);
        while (_planner.TakeGroup(SteadyNow()) is { } group)
        {
            await StartAsync(group, cancellation).ConfigureAwait(false);
        }

        while (_planner.HasRoom && IsTimeToLease(SteadyNow()))
        {
            _isIdle = false; // before the lease takes them from the count, so that nobody sees a moment without either
            IReadOnlyList<BufferedReading> readings =
                await disk.RunAsync(() => buffer.LeaseAsync(recipient, options.MaxReadings, time.GetUtcNow(), cancellation), cancellation).ConfigureAwait(false);
            _waitingSince = null;
            if (readings.Count == 0)
            {
                break;
            }

            readings = await _consent.SieveAsync(readings, cancellation).ConfigureAwait(false);
            await StartAsync(new DeliveryGroup(readings), cancellation).ConfigureAwait(false);
        }
    }

    private bool IsTimeToLease(DateTimeOffset now)
    {
        long waiting = buffer.CountBuffered(recipient);
        if (waiting == 0)
        {
            _waitingSince = null;
            return false;
        }

        _waitingSince ??= now;
        return waiting >= options.MaxReadings || now - _waitingSince >= options.MaxWait;
    }

    private async Task StartAsync(DeliveryGroup group, CancellationToken cancellation)
    {
        group = await SetUndecodableAsideAsync(group, cancellation).ConfigureAwait(false);
        if (group.Readings.Count == 0)
        {
            return;
        }

        AcquiredReading[] records = _consent.AsGiven(group.Readings);
        List<DeviceEntry> devices = [];
        foreach (DeviceEntry device in encoder.ListDevices(buffer.Hub, records))
        {
            if (group.WithDevices || !await _knownDevices.HasAsync(device, cancellation).ConfigureAwait(false))
            {
                devices.Add(device);
            }
        }

        _json.ResetWrittenCount();
        EncodedBundle encoded = encoder.EncodeBundle(buffer.Hub, records, devices.Select(device => device.Id).ToHashSet(), _json);
        bool isBacklog = buffer.CountBuffered(recipient) >= options.MaxReadings;
        UplinkPayload? payload = _json.WrittenCount <= options.MaxBundleBytes ? uplink.Prepare(_json.WrittenSpan, isBacklog) : null;
        if ((payload is null || payload.Bytes.Length > options.MaxPayloadBytes) && records.Length > 1)
        {
            int half = records.Length / 2;
            _planner.Enqueue(group with { Readings = [.. group.Readings.Take(half)] });
            _planner.Enqueue(group with { Readings = [.. group.Readings.Skip(half)] });
            return;
        }

        payload ??= uplink.Prepare(_json.WrittenSpan, isBacklog);
        if (_planner.Start(new InFlightBundle(group, encoded, payload, devices), SteadyNow()))
        {
            PublishDue(cancellation);
        }
    }

    /// <summary>A record that a newer decoder no longer understands must not hold up the others: refused here, kept, and reported.</summary>
    private async ValueTask<DeliveryGroup> SetUndecodableAsideAsync(DeliveryGroup group, CancellationToken cancellation)
    {
        RejectedReading[] undecodable =
        [
            .. group.Readings.Where(reading => !reading.Record.TryDecode(out _))
                .Select(reading => new RejectedReading(reading.Id, RefusalReasons.Undecodable)),
        ];
        if (undecodable.Length == 0)
        {
            return group;
        }

        logger.LogError("{Count} buffered readings can't be decoded any more and are set aside: {Reason}", undecodable.Length, RefusalReasons.Undecodable);
        await disk.RunAsync(() => buffer.SettleAsync(recipient, [], undecodable, time.GetUtcNow(), cancellation), cancellation).ConfigureAwait(false);
        return group with { Readings = [.. group.Readings.Where(reading => reading.Record.TryDecode(out _))] };
    }

    /// <summary>Where something was decided a moment ago nothing goes: the loop's next turn sees to it first.</summary>
    private void PublishDue(CancellationToken cancellation)
    {
        if (!_consent.IsCurrent)
        {
            Wake();
            return;
        }

        foreach (InFlightBundle bundle in _planner.Due(SteadyNow()))
        {
            bool again = _planner.NotePublished(bundle, SteadyNow());
            int readings = bundle.Group.Readings.Count;
            metrics.Sent(readings, again);
            if (again)
            {
                buffer.NoteSentAgain(readings);
            }

            Watch(again ? ReadingStep.SentAgain : ReadingStep.Sent, bundle.Group.Readings);
            _ = PublishAsync(bundle, cancellation);
        }
    }

    /// <summary>Publishes in the background: the receipt counts, not the broker's acknowledgement. A failure comes back as an event.</summary>
    private async Task PublishAsync(InFlightBundle bundle, CancellationToken cancellation)
    {
        using Activity? activity = HubMetrics.Activities.StartActivity("publish bundle");
        activity?.SetTag("homehub.readings", bundle.Group.Readings.Count);
        activity?.SetTag("homehub.payload_bytes", bundle.Payload.Bytes.Length);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            Task publication = uplink.PublishAsync(recipient, bundle.Encoded.Id, bundle.Payload, ending.Token);
            if (await Task.WhenAny(publication, bundle.Withdrawn).ConfigureAwait(false) != publication)
            {
                await ending.CancelAsync().ConfigureAwait(false);
            }

            await publication.ConfigureAwait(false);
        }
        catch (UplinkException e)
        {
            logger.LogWarning("A Bundle of {Count} readings did not reach the broker and is sent again: {Reason}", bundle.Group.Readings.Count, e.Message);
            _events.Writer.TryWrite(bundle);
        }
        catch (OperationCanceledException)
        {
            activity?.SetStatus(ActivityStatusCode.Error, "cancelled");
        }
        catch (Exception e)
        {
            // Nobody awaits this task: an error that is no failure of the broker is a fault of the program, and ends the loop with it.
            activity?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
            _events.Writer.TryComplete(e);
        }
    }

    private async Task SettleAsync(DeliveryReceipt receipt, CancellationToken cancellation)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (receipt.Recipient == recipient && _planner.IsIncomplete(receipt))
        {
            logger.LogWarning("A receipt names {Count} entries and not all of its Bundle: it is not believed, and the Bundle sent again", receipt.Accepted.Count);
        }

        if (receipt.Recipient != recipient || _planner.Settle(receipt, SteadyNow()) is not { } settled)
        {
            return;
        }

        if (settled.Told is { } told)
        {
            await _consent.NoteToldAsync(told, settled.IsToldRefused, cancellation).ConfigureAwait(false);
        }

        if (settled.ForgetDevices)
        {
            await _knownDevices.ForgetAsync(cancellation).ConfigureAwait(false);
        }

        if (settled.Receipted.Count > 0 || settled.Rejected.Count > 0)
        {
            long[] ids = [.. settled.Receipted.Select(reading => reading.Id)];
            await disk.RunAsync(() => buffer.SettleAsync(recipient, ids, settled.Rejected, now, cancellation), cancellation).ConfigureAwait(false);
        }

        foreach (BufferedReading reading in settled.Receipted)
        {
            metrics.Receipted(now - reading.Record.ReceivedAt);
        }

        Watch(ReadingStep.Receipted, settled.Receipted);
        foreach (IGrouping<string, RejectedReading> refused in settled.Rejected.GroupBy(reading => reading.Reason))
        {
            metrics.Rejected(refused.Count(), refused.Key);
            logger.LogWarning("The relay refused {Count} readings: {Reason}", refused.Count(), refused.Key);
        }

        await _knownDevices.NoteAsync(settled.KnownDevices, cancellation).ConfigureAwait(false);
    }

    private void Watch(ReadingStep step, IReadOnlyList<BufferedReading> readings)
    {
        if (watcher is null)
        {
            return;
        }

        foreach (BufferedReading reading in readings)
        {
            watcher.OnStep(step, reading.Record.Identity, reading.Record.Device, reading.Record.Characteristic);
        }
    }
}
