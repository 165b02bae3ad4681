using System.Threading.Channels;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles.ContinuousGlucose;

namespace HomeHub.Core.Sessions;

/// <summary>
/// Takes what a peripheral sends, in order, and gives it on. What was taken is given on whatever ends the connection: the peripheral may have
/// forgotten it. Only a context that waits for its measurement is not, where the device tells both again. Streams are given on by the minute.
/// </summary>
internal sealed class ValueTaker(
    ChannelReader<CharacteristicValue> values, SessionSink sink, IReadOnlyDictionary<ushort, MarkKeeper> marks, TimeProvider time,
    Action<CharacteristicValue> taken)
{
    private readonly long _startedAt = time.GetTimestamp();
    private readonly ContextQueue _contexts = new();
    private readonly StreamAccumulator _streams = new();
    private readonly FrameGate _frames = new();
    private bool _hasTaken;

    /// <summary>Frames of vendors' streams that were not understood and of which there were too many to keep them all.</summary>
    public int Refused => _frames.Refused;

    /// <summary>Octets of vendors' streams that no frame starts with.</summary>
    public long Dropped => _frames.Dropped;

    /// <summary>Told each payload that was put together out of what a vendor's device notified; null where nobody wants it.</summary>
    public Action<CharacteristicValue>? Pieced { get; init; }

    /// <summary>Characteristics that answer a vendor's requests: what they tell is for the caller alone.</summary>
    public HashSet<GattCharacteristic> Answers { get; } = [];

    /// <summary>What a CGM's session start said, by which its records are told from those of another session; empty where it is not known.</summary>
    public byte[] SessionKey { get; set; } = [];

    /// <summary>
    /// The next value; null when none came within <paramref name="limit"/>. A record is given on before this returns; what a control point says is for
    /// the caller alone.
    /// </summary>
    /// <exception cref="PeripheralException">The link went.</exception>
    public async Task<(CharacteristicValue Value, StoredRecord[] Records)?> TakeAsync(TimeSpan limit, TimeProvider time, CancellationToken cancellation)
    {
        await GiveAllAsync(_contexts.TakeLate(Now())).ConfigureAwait(false);
        await GiveMinutesAsync(_streams.TakeDue(Now())).ConfigureAwait(false);
        if (!values.TryRead(out CharacteristicValue value))
        {
            using var late = new CancellationTokenSource(limit, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
            try
            {
                value = await values.ReadAsync(both.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return null;
            }
            catch (ChannelClosedException error)
            {
                throw error.InnerException as PeripheralException
                    ?? new PeripheralException(PeripheralFault.Disconnected, "The link went.", error);
            }
        }

        return (value, await OrderAsync(value).ConfigureAwait(false));
    }

    /// <summary>Takes until nothing came for a while; the first value of the connection is waited for longer.</summary>
    public async Task TakeUntilIdleAsync(SessionLimits limits, TimeProvider time, CancellationToken cancellation)
    {
        while (await TakeAsync(_hasTaken ? limits.Idle : limits.FirstValue, time, cancellation).ConfigureAwait(false) is not null)
        {
            // The next one.
        }

        await GiveWaitingAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Gives on what an answer told: a record out of a memory as it is, a live value as one of a stream. An answer that tells nothing counts as no value: a ring that
    /// lies on a table is not worth being connected again at once.
    /// </summary>
    public async Task GiveToldAsync(CharacteristicValue value, bool isStored)
    {
        if (!isStored && !_frames.IsKept(value.Characteristic, value.Octets, Now()))
        {
            return;
        }

        _hasTaken = true;
        taken(value);
        if (!isStored)
        {
            await GiveFrameAsync(value).ConfigureAwait(false);
            return;
        }

        Pieced?.Invoke(value);
        await sink.GiveToldAgainAsync(value).ConfigureAwait(false);
    }

    /// <summary>Gives on the contexts whose measurement has not come: the device has told all that it has.</summary>
    public Task GiveWaitingAsync() => GiveAllAsync(_contexts.TakeAll());

    /// <summary>Takes what has come already and waits for nothing.</summary>
    /// <param name="tellsAgain">
    /// Whether the device tells a context again with its measurement, as its stored records were not taken to their end. Given on alone, it would be another
    /// record than the one that comes then.
    /// </param>
    public async Task TakeRestAsync(bool tellsAgain)
    {
        while (values.TryRead(out CharacteristicValue value))
        {
            await OrderAsync(value).ConfigureAwait(false);
        }

        await GiveMinutesAsync(_streams.TakeAll()).ConfigureAwait(false);
        if (!tellsAgain)
        {
            await GiveWaitingAsync().ConfigureAwait(false);
        }
    }

    private async Task<StoredRecord[]> OrderAsync(CharacteristicValue value)
    {
        if (SessionPlan.IsControlPoint(value.Characteristic) || SessionPlan.IsUserControl(value.Characteristic) || Answers.Contains(value.Characteristic))
        {
            return [];
        }

        _hasTaken = true;
        taken(value);
        if (FrameGate.IsFramed(value.Characteristic))
        {
            foreach (CharacteristicValue frame in _frames.Take(value, Now()))
            {
                await GiveFrameAsync(frame).ConfigureAwait(false);
            }

            return [];
        }

        if (await TryGatherAsync(value).ConfigureAwait(false))
        {
            return [];
        }

        StoredRecord[] records = StoredRecord.Read(value.Characteristic.Uuid.Short ?? 0, value.Octets, SessionKey);
        await GiveAllAsync(_contexts.Take(value, Now())).ConfigureAwait(false);
        return records;
    }

    private async Task GiveFrameAsync(CharacteristicValue frame)
    {
        Pieced?.Invoke(frame);
        if (!await TryGatherAsync(frame).ConfigureAwait(false))
        {
            await GiveAsync(frame).ConfigureAwait(false);
        }
    }

    /// <summary>Gathers a value of a stream; false when it is to be given on alone.</summary>
    private async Task<bool> TryGatherAsync(CharacteristicValue value)
    {
        bool isGathered = _streams.TryTake(value, Now(), out ClosedMinute? ended);
        await GiveMinutesAsync(ended is null ? [] : [ended]).ConfigureAwait(false);
        return isGathered;
    }

    private async Task GiveAllAsync(IReadOnlyList<CharacteristicValue> ordered)
    {
        foreach (CharacteristicValue value in ordered)
        {
            await GiveAsync(value).ConfigureAwait(false);
        }
    }

    private async Task GiveAsync(CharacteristicValue value)
    {
        GattCharacteristic from = value.Characteristic;
        StoredRecord[] records = StoredRecord.Read(from.Uuid.Short ?? 0, value.Octets, SessionKey);
        Action? safe = null;
        if (records.Length > 0 && marks.TryGetValue(from.Service.Short ?? 0, out MarkKeeper? keeper))
        {
            // Without its session's start a CGM's record has no identity of its own, and the one that is known to be safe would be stored once more.
            if (from.Uuid.Short == CgmProfile.MeasurementUuid && Array.TrueForAll(records, keeper.IsMark))
            {
                return;
            }

            Array.ForEach(records, keeper.Told);
            safe = () => Array.ForEach(records, keeper.Safe);
        }

        await sink.GiveAsync(from, value.Octets, value.ReceivedAt, value.Monotonic, safe, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task GiveMinutesAsync(IReadOnlyList<ClosedMinute> minutes)
    {
        foreach (ClosedMinute minute in minutes)
        {
            GattCharacteristic from = minute.Characteristic;
            var payload = new IncomingPayload(from.Service, from.Uuid, minute.Octets, minute.ReceivedAt) { IsMinute = true };
            await sink.GiveAsync(payload, null, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private TimeSpan Now() => time.GetElapsedTime(_startedAt);
}
