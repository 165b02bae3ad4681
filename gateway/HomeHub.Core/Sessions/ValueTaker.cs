using System.Threading.Channels;
using HomeHub.Core.Peripherals;

namespace HomeHub.Core.Sessions;

/// <summary>
/// Takes what a peripheral sends, in order, and gives it on. What was taken is given on whatever ends the connection: the peripheral may have
/// forgotten it.
/// </summary>
internal sealed class ValueTaker(
    ChannelReader<CharacteristicValue> values, SessionSink sink, IReadOnlyDictionary<ushort, MarkKeeper> marks, Action<CharacteristicValue> taken)
{
    private bool _hasTaken;

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

        return (value, await GiveAsync(value).ConfigureAwait(false));
    }

    /// <summary>Takes until nothing came for a while; the first value of the connection is waited for longer.</summary>
    public async Task TakeUntilIdleAsync(SessionLimits limits, TimeProvider time, CancellationToken cancellation)
    {
        while (await TakeAsync(_hasTaken ? limits.Idle : limits.FirstValue, time, cancellation).ConfigureAwait(false) is not null)
        {
            // The next one.
        }
    }

    /// <summary>Takes what has come already and waits for nothing.</summary>
    public async Task TakeRestAsync()
    {
        while (values.TryRead(out CharacteristicValue value))
        {
            await GiveAsync(value).ConfigureAwait(false);
        }
    }

    private async Task<StoredRecord?> GiveAsync(CharacteristicValue value)
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

        _hasTaken = true;
        taken(value);
        await sink.GiveAsync(from, value.Octets, value.ReceivedAt, safe, CancellationToken.None).ConfigureAwait(false);
        return record;
    }
}
