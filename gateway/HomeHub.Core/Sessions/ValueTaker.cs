using System.Threading.Channels;
using HomeHub.Core.Peripherals;

namespace HomeHub.Core.Sessions;

/// <summary>Takes what a peripheral sends, in order, and gives it on.</summary>
internal sealed class ValueTaker(
    ChannelReader<CharacteristicValue> values, SessionSink sink, IReadOnlyDictionary<ushort, MarkKeeper> marks, Action<CharacteristicValue> taken)
{
    /// <summary>
    /// The next value; null when none came within <paramref name="limit"/>. A record is given on before this returns; what a control point says is for
    /// the caller alone.
    /// </summary>
    /// <exception cref="PeripheralException">The link went.</exception>
    public async Task<(CharacteristicValue Value, StoredRecord? Record)?> TakeAsync(TimeSpan limit, TimeProvider time, CancellationToken cancellation)
    {
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

        return (value, await GiveAsync(value, cancellation).ConfigureAwait(false));
    }

    /// <summary>Takes until nothing came for a while.</summary>
    public async Task TakeUntilIdleAsync(SessionLimits limits, TimeProvider time, CancellationToken cancellation)
    {
        TimeSpan limit = limits.FirstValue;
        while (await TakeAsync(limit, time, cancellation).ConfigureAwait(false) is not null)
        {
            limit = limits.Idle;
        }
    }

    /// <summary>Takes what has come already and waits for nothing.</summary>
    public async Task TakeRestAsync(CancellationToken cancellation)
    {
        while (values.TryRead(out CharacteristicValue value))
        {
            await GiveAsync(value, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<StoredRecord?> GiveAsync(CharacteristicValue value, CancellationToken cancellation)
    {
        GattCharacteristic from = value.Characteristic;
        if (SessionPlan.IsControlPoint(from))
        {
            return null;
        }

        StoredRecord? record = StoredRecord.TryRead(from.Uuid.Short ?? 0, value.Octets);
        Action? safe = null;
        if (record is { } stored && marks.TryGetValue(from.Service.Short ?? 0, out MarkKeeper? keeper))
        {
            keeper.Told(stored);
            safe = () => keeper.Safe(stored);
        }

        taken(value);
        await sink.GiveAsync(from, value.Octets, value.ReceivedAt, safe, cancellation).ConfigureAwait(false);
        return record;
    }
}
