using System.Threading.Channels;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles;
using HomeHub.Testing;

namespace HomeHub.Core.Tests.Sessions;

/// <summary>A device that answers what is written to it, as a script says, and may let go in the middle. It keeps what it has from one connection to the next.</summary>
internal sealed class AskedDevice(GattCharacteristic[] characteristics, Func<GattCharacteristic, byte[], IEnumerable<CharacteristicValue>> answer)
{
    /// <summary>What was written in all connections, in hex.</summary>
    public List<string> Written { get; } = [];

    /// <summary>What its characteristics that are read tell.</summary>
    public Dictionary<GattCharacteristic, byte[]> Readable { get; } = [];

    /// <summary>What it notifies as soon as it is subscribed to.</summary>
    public Dictionary<GattCharacteristic, byte[][]> AtSubscription { get; } = [];

    /// <summary>A connection that goes when so many requests were written; null: it stays.</summary>
    public IPeripheral Connect(int? cutAfter = null) => new Connection(this, cutAfter);

    private sealed class Connection(AskedDevice device, int? cutAfter) : IPeripheral
    {
        private readonly Channel<CharacteristicValue> _values = Channel.CreateUnbounded<CharacteristicValue>();
        private readonly HashSet<GattCharacteristic> _subscribed = [];
        private int? _untilCut = cutAfter;

        public string Address => RecordDevice.Address;

        public bool IsBonded => true;

        public IReadOnlyList<GattCharacteristic> Characteristics => device.Known;

        public ConnectionTimes Times => default;

        public ChannelReader<CharacteristicValue> Values => _values.Reader;

        public Task<byte[]> ReadAsync(GattCharacteristic characteristic, CancellationToken cancellation) => Task.FromResult(device.Readable[characteristic]);

        public Task SubscribeAsync(GattCharacteristic characteristic, CancellationToken cancellation)
        {
            _subscribed.Add(characteristic);
            foreach (byte[] octets in device.AtSubscription.GetValueOrDefault(characteristic, []))
            {
                _values.Writer.TryWrite(new CharacteristicValue(characteristic, octets, SampleReadings.Start));
            }

            return Task.CompletedTask;
        }

        public Task WriteAsync(GattCharacteristic characteristic, ReadOnlyMemory<byte> value, CancellationToken cancellation)
        {
            if (_untilCut-- == 0)
            {
                var gone = new PeripheralException(PeripheralFault.Disconnected, "The link went.");
                _values.Writer.TryComplete(gone);
                throw gone;
            }

            device.Written.Add(Convert.ToHexString(value.Span));
            foreach (CharacteristicValue told in device.Answer(characteristic, value.ToArray()))
            {
                if (_subscribed.Contains(told.Characteristic))
                {
                    _values.Writer.TryWrite(told with { ReceivedAt = SampleReadings.Start });
                }
            }

            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>A characteristic.</summary>
    public static GattCharacteristic Of(BluetoothUuid service, BluetoothUuid uuid, ushort handle, GattProperties properties) => new(service, uuid, handle, properties);

    private GattCharacteristic[] Known { get; } = characteristics;

    private IEnumerable<CharacteristicValue> Answer(GattCharacteristic characteristic, byte[] octets) => answer(characteristic, octets);
}
