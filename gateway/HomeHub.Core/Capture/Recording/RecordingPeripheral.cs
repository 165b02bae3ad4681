using System.Threading.Channels;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;

namespace HomeHub.Core.Capture.Recording;

/// <summary>
/// A connection that tells of every value that goes over it: read, written, notified. Notifications are told when they are taken, so that the record has the
/// order in which the hub works; their times are those of reception. Nothing else is changed. What a vendor's device notifies in pieces is an answer here: the payloads that
/// were put together out of it are told beside, and only they are to be decoded.
/// </summary>
/// <param name="peripheral">The connection.</param>
/// <param name="pieces">What notifies pieces.</param>
/// <param name="record">Takes each value; called by one thread at a time.</param>
/// <param name="time">The clock.</param>
internal sealed class RecordingPeripheral(IPeripheral peripheral, IReadOnlyList<GattCharacteristic> pieces, Action<RecordedValue> record, TimeProvider time) : IPeripheral
{
    private readonly Lock _gate = new();
    private ChannelReader<CharacteristicValue>? _values;

    public string Address => peripheral.Address;

    public bool IsBonded => peripheral.IsBonded;

    public IReadOnlyList<GattCharacteristic> Characteristics => peripheral.Characteristics;

    public ConnectionTimes Times => peripheral.Times;

    public ChannelReader<CharacteristicValue> Values => _values ??= new RecordingReader(peripheral.Values, OnTaken);

    public async Task<byte[]> ReadAsync(GattCharacteristic characteristic, CancellationToken cancellation)
    {
        byte[] value = await peripheral.ReadAsync(characteristic, cancellation).ConfigureAwait(false);
        Record(new RecordedValue(characteristic, CaptureOperation.Read, value, time.GetLocalNow()));
        return value;
    }

    /// <summary>Told before it is written: what the device answers comes after it.</summary>
    public Task WriteAsync(GattCharacteristic characteristic, ReadOnlyMemory<byte> value, CancellationToken cancellation)
    {
        Record(new RecordedValue(characteristic, CaptureOperation.Written, value.ToArray(), time.GetLocalNow()));
        return peripheral.WriteAsync(characteristic, value, cancellation);
    }

    public Task SubscribeAsync(GattCharacteristic characteristic, CancellationToken cancellation) => peripheral.SubscribeAsync(characteristic, cancellation);

    public ValueTask DisposeAsync() => peripheral.DisposeAsync();

    /// <summary>Tells of a payload that was put together out of pieces; not of what a stranger notifies that only has a characteristic of the same UUID.</summary>
    public void OnPieced(CharacteristicValue value)
    {
        if (pieces.Any(piece => piece.Uuid == value.Characteristic.Uuid))
        {
            Record(new RecordedValue(value.Characteristic, CaptureOperation.Notified, value.Octets, value.ReceivedAt));
        }
    }

    private void OnTaken(CharacteristicValue value) => Record(new RecordedValue(
        value.Characteristic,
        SessionPlan.IsControlPoint(value.Characteristic) || pieces.Contains(value.Characteristic) ? CaptureOperation.Answered : CaptureOperation.Notified,
        value.Octets,
        value.ReceivedAt));

    private void Record(RecordedValue value)
    {
        lock (_gate)
        {
            record(value);
        }
    }
}
