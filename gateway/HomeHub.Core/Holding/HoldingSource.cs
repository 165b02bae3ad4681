using System.Runtime.CompilerServices;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Liveness;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using Microsoft.Extensions.Logging;

namespace HomeHub.Core.Holding;

/// <summary>
/// Holds what a source gives while the hub does not know its time, or the home's time zone, and gives it on with the right time of reception once it does
/// (rule 9.1). What is held is on disk, and the device counts it as taken. What was taken before a restart of the system during which the time never became
/// known has no time: it is given on as such.
/// </summary>
/// <param name="inner">The source.</param>
/// <param name="held">Where payloads wait.</param>
/// <param name="clock">What the system knows of its time.</param>
/// <param name="hasZone">Whether the home's time zone is set by now.</param>
/// <param name="devices">Told when the devices measured what was held: while the clock was not known, nobody could note it.</param>
/// <param name="time">The clock, with the home's time zone.</param>
/// <param name="logger">Told when holding begins and ends.</param>
/// <param name="pulse">Whether it goes on, by itself: what it waits for, from its source or from whoever stores, is watched over there.</param>
/// <param name="diskChanged">Told when the disk refuses what is to be held, and takes it again.</param>
public sealed class HoldingSource(
    IPayloadSource inner, IHeldPayloads held, IHubClock clock, Func<bool> hasZone, IDeviceRegistry devices, TimeProvider time, ILogger<HoldingSource> logger, LoopPulse? pulse = null,
    Action? diskChanged = null)
    : IPayloadSource
{
    /// <summary>How often it looks whether the time is known by now.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(2);

    /// <summary>Longest time for one step. That no more are held is a reason, and no stall.</summary>
    public static readonly TimeSpan TurnLimit = TimeSpan.FromMinutes(2);

    /// <summary>Most payloads that are held, or given on, in one step.</summary>
    public const int MaxBatch = 200;

    private static readonly TimeSpan FullReportInterval = TimeSpan.FromMinutes(1);

    private readonly DiskWait _disk = new(time, logger, pulse, diskChanged);

    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <summary>Why payloads are held now; null while they are not.</summary>
    public HoldReason? Reason => !clock.IsTimeKnown ? HoldReason.TimeNotKnown : !hasZone() ? HoldReason.TimeZoneNotSet : null;

    /// <summary>Whether all of a device's readings are receipted, asked in front of its deletion: what is held is not in the buffer yet, and nobody has receipted it.</summary>
    /// <param name="held">Where payloads wait.</param>
    /// <param name="isAllReceipted">What the buffer says.</param>
    public static Func<string, ushort, CancellationToken, Task<bool>> CountAsNotReceipted(
        IHeldPayloads held, Func<string, ushort, CancellationToken, Task<bool>> isAllReceipted) =>
        async (address, service, cancellation) => held.Count == 0 && await isAllReceipted(address, service, cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        IAsyncEnumerator<SourceItem> items = inner.ReadAsync(ending.Token).GetAsyncEnumerator(ending.Token);
        await using (items.ConfigureAwait(false))
        {
            Task<bool>? next = null;
            try
            {
                HoldReason? told = null;
                bool isNoted = false;
                while (Reason is { } reason)
                {
                    pulse?.Beat();
                    // Where only the zone is missing the start's time is known: what is held has one after the next start too.
                    if (!isNoted && clock.IsTimeKnown)
                    {
                        await NoteBootAsync(cancellation).ConfigureAwait(false);
                        isNoted = true;
                    }

                    told = Tell(told, reason);
                    next ??= items.MoveNextAsync().AsTask();
                    await Task.WhenAny(next, Task.Delay(LookInterval, time, CancellationToken.None)).ConfigureAwait(false);
                    if (!next.IsCompleted)
                    {
                        continue;
                    }

                    // What has come is held also when the source ends by a cancellation or an error right after it.
                    (List<SourceItem> taken, next) = await TakeAllAsync(items, next).ConfigureAwait(false);
                    if (taken.Count > 0)
                    {
                        await HoldAsync(taken, cancellation).ConfigureAwait(false);
                    }
                    else if (!await next.ConfigureAwait(false))
                    {
                        yield break;
                    }
                }

                await foreach (SourceItem item in ReleaseAsync(cancellation).ConfigureAwait(false))
                {
                    yield return item;
                }

                pulse?.Rest();
                while (next is null ? await items.MoveNextAsync().ConfigureAwait(false) : await next.ConfigureAwait(false))
                {
                    next = null;
                    yield return InOrder(items.Current);
                }
            }
            finally
            {
                // A source that still works can't be let go of, and would hide why this ends.
                pulse?.Rest();
                await ending.CancelAsync().ConfigureAwait(false);
                await (next ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>When the hub's clock was set between reception and now, the reception is moved along.</summary>
    private SourceItem InOrder(SourceItem item)
    {
        if (item.Payload is { Payload.Monotonic: { } then } payload)
        {
            DateTimeOffset receivedAt = time.GetLocalNow() - (time.GetElapsedTime(0) - then);
            if ((receivedAt - payload.Payload.ReceivedAt).Duration() > AcquisitionSession.MaxHubDrift)
            {
                return item with { Payload = payload with { Payload = payload.Payload with { ReceivedAt = receivedAt } } };
            }
        }

        return item;
    }

    private HoldReason Tell(HoldReason? told, HoldReason reason)
    {
        if (told != reason)
        {
            logger.LogWarning(
                "What devices tell is kept and not sent: {Reason}",
                reason == HoldReason.TimeNotKnown
                    ? "the hub's clock was not synchronised since it was started"
                    : "the home's time zone is not set (on the pages, or by the configuration key timeZone)");
        }

        return reason;
    }

    /// <summary>What has come by now, and the wait for the source's next item.</summary>
    private static async Task<(List<SourceItem> Taken, Task<bool> Next)> TakeAllAsync(IAsyncEnumerator<SourceItem> items, Task<bool> next)
    {
        List<SourceItem> taken = [];
        while (taken.Count < MaxBatch && next.IsCompletedSuccessfully && await next.ConfigureAwait(false))
        {
            taken.Add(items.Current);
            next = items.MoveNextAsync().AsTask();
        }

        return (taken, next);
    }

    private async Task HoldAsync(List<SourceItem> taken, CancellationToken cancellation)
    {
        (string boot, TimeSpan uptime, TimeSpan now) = (clock.BootId, clock.Uptime, time.GetElapsedTime(0));
        HeldPayload[] payloads =
        [
            .. taken.Where(item => item.Payload is { IsDecoded: true })
                .Select(item => new HeldPayload(item.Payload!, boot, uptime - (now - (item.Payload!.Payload.Monotonic ?? now)))),
        ];
        long? reportedAt = null;
        while (!await _disk.RunAsync(() => held.HoldAsync(payloads, CancellationToken.None), cancellation).ConfigureAwait(false))
        {
            pulse?.Excuse($"No more than {IHeldPayloads.MaxHeld} payloads are held.");
            if (reportedAt is not { } last || time.GetElapsedTime(last) >= FullReportInterval)
            {
                reportedAt = time.GetTimestamp();
                logger.LogError("No more than {Count} payloads are held: devices keep what they have until the hub knows its time", IHeldPayloads.MaxHeld);
            }

            await Task.Delay(LookInterval, time, cancellation).ConfigureAwait(false);
        }

        taken.ForEach(item => item.Committed?.Invoke());
    }

    private Task NoteBootAsync(CancellationToken cancellation) => _disk.RunAsync(() => held.NoteBootAsync(clock.BootId, time.GetUtcNow() - clock.Uptime, cancellation), cancellation);

    private async IAsyncEnumerable<SourceItem> ReleaseAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (held.Count == 0)
        {
            yield break;
        }

        pulse?.Beat();
        await NoteBootAsync(cancellation).ConfigureAwait(false);
        logger.LogInformation("Time and time zone are known: {Count} payloads that were held are given on", held.Count);
        long last = 0;
        while (await _disk.RunAsync(() => held.ReadAsync(last, MaxBatch, cancellation), cancellation).ConfigureAwait(false) is { Count: > 0 } batch)
        {
            var left = new CountdownEvent(batch.Count);
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using (left)
            {
                pulse?.Rest();
                foreach (HeldPayload one in batch)
                {
                    yield return new SourceItem(WithTime(one), null, 0)
                    {
                        Committed = () =>
                        {
                            if (left.Signal())
                            {
                                done.SetResult();
                            }
                        },
                    };
                }

                // What was given is put on disk before more is asked for.
                await done.Task.WaitAsync(cancellation).ConfigureAwait(false);
            }

            pulse?.Beat();
            last = batch[^1].Number;
            await NoteValuesAsync(batch, cancellation).ConfigureAwait(false);
            await _disk.RunAsync(() => held.RemoveAsync(last, cancellation), cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Notes when each device last measured something of what was held. That it could not be noted keeps nothing back.</summary>
    private async Task NoteValuesAsync(IReadOnlyList<HeldPayload> batch, CancellationToken cancellation)
    {
        try
        {
            foreach (IGrouping<string, HeldPayload> told in batch.Where(one => one.BootedAt is not null && TellsReading(one.Payload.Payload)).GroupBy(one => one.Payload.Device.Address))
            {
                await devices.NoteValueAsync(told.Key, told.Max(one => one.BootedAt!.Value + one.Uptime), cancellation).ConfigureAwait(false);
            }
        }
        catch (BufferException error)
        {
            logger.LogWarning("When devices last measured something can't be noted: {Error}", error.Message);
        }
    }

    private static bool TellsReading(IncomingPayload payload) =>
        ProfileRegistry.Decode(payload.Characteristic, payload.Octets.Span, SessionContext.Empty with { IsMinute = payload.IsMinute }) is { Error: null, Readings.Length: > 0 };

    private DevicePayload WithTime(HeldPayload one)
    {
        if (one.BootedAt is not { } bootedAt)
        {
            return one.Payload with { Unplaced = new BootMoment(one.BootId, one.Uptime) };
        }

        DateTimeOffset receivedAt = TimeZoneInfo.ConvertTime(bootedAt + one.Uptime, time.LocalTimeZone);
        return one.Payload with { Payload = one.Payload.Payload with { ReceivedAt = receivedAt } };
    }
}
