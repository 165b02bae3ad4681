using System.Buffers.Binary;
using System.Threading.Channels;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles;
using HomeHub.Profiles.RecordAccess;

namespace HomeHub.Core.Tests.Sessions;

/// <summary>A device with stored records, that keeps them from one connection to the next. Octets by hand from the services' specifications.</summary>
internal sealed class RecordDevice(ushort service)
{
    public const string Address = "C0:FF:EE:00:00:01";

    public List<DeviceRecord> Records { get; } = [];

    /// <summary>Requests of all connections, in hex.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>How it answers a request instead of doing it; null: it does it.</summary>
    public Func<RecordAccessRequest, RecordAccessResponse?> Refuses { get; set; } = _ => null;

    /// <summary>Whether contexts come before their measurements.</summary>
    public bool TellsContextFirst { get; set; }

    /// <summary>What its session start says (2AAA), for a sensor.</summary>
    public byte[] SessionStart { get; set; } = [0xEA, 0x07, 3, 14, 7, 0, 0, 4, 0];

    /// <summary>By how many it announces too many.</summary>
    public int AnnouncesMore { get; set; }

    /// <summary>A connection that the device cuts after so many notifications; null: it does not.</summary>
    public IPeripheral Connect(int? cutAfter = null) => new Connection(this, cutAfter);

    public DeviceRecord AddGlucose(ushort number, int minute, byte concentration = 100, bool hasContext = false)
    {
        byte[] octets = [0x02, (byte)number, (byte)(number >> 8), 0xEA, 0x07, 3, (byte)(1 + (minute / 1440)), (byte)(minute / 60 % 24), (byte)(minute % 60), 0, concentration, 0xB0, 0x11];
        byte[]? context = hasContext ? [0x02, (byte)number, (byte)(number >> 8), 0x01] : null;
        var time = new PhdTimestamp(2026, 3, octets[6], octets[7], octets[8], 0);
        return Add(new DeviceRecord(number, octets, context, time));
    }

    public DeviceRecord AddSensor(ushort minutes, byte concentration = 100) =>
        Add(new DeviceRecord(minutes, [0x06, 0x00, concentration, 0x00, (byte)minutes, (byte)(minutes >> 8)], null, default));

    public DeviceRecord AddSpotCheck(byte minute) =>
        Add(new DeviceRecord(0, [0x01, 0x61, 0x00, 0x48, 0x00, 0xEA, 0x07, 3, 14, 7, minute, 0], null, default));

    private DeviceRecord Add(DeviceRecord record)
    {
        Records.Add(record);
        return record;
    }

    private IEnumerable<DeviceRecord> Select(RecordAccessRequest request)
    {
        bool byTime = request.Filter == RecordAccessFilter.UserFacingTime;
        return request.Operator switch
        {
            RecordAccessOperator.Last => Records.TakeLast(1),
            RecordAccessOperator.GreaterOrEqual when byTime => Records.Where(record => Seconds(record.Time) >= Seconds(request.Time)),
            RecordAccessOperator.GreaterOrEqual => Records.Where(record => record.Number >= request.Number),
            RecordAccessOperator.LessOrEqual => Records.Where(record => record.Number <= request.Number),
            _ => Records,
        };
    }

    private static long Seconds(PhdTimestamp time) => time.TryGetSecondsSince2000(out long seconds) ? seconds : 0;

    private sealed class Connection : IPeripheral
    {
        private readonly RecordDevice _device;
        private readonly Channel<CharacteristicValue> _values = Channel.CreateUnbounded<CharacteristicValue>();
        private readonly GattCharacteristic _controlPoint, _measurement, _context, _sessionStart;
        private readonly HashSet<GattCharacteristic> _subscribed = [];
        private int? _untilCut;

        public Connection(RecordDevice device, int? cutAfter)
        {
            (_device, _untilCut) = (device, cutAfter);
            _controlPoint = Of(0x2A52, 10, GattProperties.Write | GattProperties.Indicate);
            _measurement = Of((ushort)(_device.Service switch { 0x1808 => 0x2A18, 0x181F => 0x2AA7, _ => 0x2A5E }), 12, GattProperties.Notify);
            _context = Of(0x2A34, 14, GattProperties.Notify);
            _sessionStart = Of(0x2AAA, 16, GattProperties.Read);
        }

        public string Address => RecordDevice.Address;

        public bool IsBonded => true;

        public IReadOnlyList<GattCharacteristic> Characteristics => _device.Service switch
        {
            0x1808 => [_controlPoint, _measurement, _context],
            0x181F => [_controlPoint, _measurement, _sessionStart],
            _ => [_controlPoint, _measurement],
        };

        public ConnectionTimes Times => default;

        public ChannelReader<CharacteristicValue> Values => _values.Reader;

        public Task<byte[]> ReadAsync(GattCharacteristic characteristic, CancellationToken cancellation) => Task.FromResult(_device.SessionStart);

        public Task SubscribeAsync(GattCharacteristic characteristic, CancellationToken cancellation)
        {
            _subscribed.Add(characteristic);
            return Task.CompletedTask;
        }

        public Task WriteAsync(GattCharacteristic characteristic, ReadOnlyMemory<byte> value, CancellationToken cancellation)
        {
            if (_untilCut < 0)
            {
                throw new PeripheralException(PeripheralFault.Disconnected, "The link went.");
            }

            Assert.True(RecordAccessRequest.TryDecode(value.Span, out RecordAccessRequest request, out _));
            _device.Requests.Add(Convert.ToHexString(value.Span));
            Answer(request);
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private void Answer(RecordAccessRequest request)
        {
            DeviceRecord[] wanted = [.. _device.Select(request)];
            byte code = (byte)(_device.Refuses(request) ?? (wanted.Length > 0 ? RecordAccessResponse.Success : RecordAccessResponse.NoRecordsFound));
            if (_device.Refuses(request) is null && request.OpCode == RecordAccessOpCode.ReportNumber)
            {
                byte[] answer = [5, 0, 0, 0];
                BinaryPrimitives.WriteUInt16LittleEndian(answer.AsSpan(2), (ushort)(wanted.Length + _device.AnnouncesMore));
                Send(_controlPoint, answer);
                return;
            }

            if (_device.Refuses(request) is null && request.OpCode == RecordAccessOpCode.DeleteRecords)
            {
                _device.Records.RemoveAll(wanted.Contains);
            }
            else if (_device.Refuses(request) is null)
            {
                Array.ForEach(wanted, Tell);
            }

            Send(_controlPoint, [6, 0, (byte)request.OpCode, code]);
        }

        private void Tell(DeviceRecord record)
        {
            if (_device.TellsContextFirst && record.Context is { } first)
            {
                Send(_context, first);
            }

            Send(_measurement, record.Octets);
            if (!_device.TellsContextFirst && record.Context is { } second)
            {
                Send(_context, second);
            }
        }

        private void Send(GattCharacteristic from, byte[] octets)
        {
            if (!_subscribed.Contains(from))
            {
                return;
            }

            if (from != _controlPoint && _untilCut-- == 0)
            {
                _values.Writer.TryComplete(new PeripheralException(PeripheralFault.Disconnected, "The link went."));
            }

            _values.Writer.TryWrite(new CharacteristicValue(from, octets, TimeProvider.System.GetLocalNow()));
        }

        private GattCharacteristic Of(ushort uuid, ushort handle, GattProperties properties) =>
            new(BluetoothUuid.Of(_device.Service), BluetoothUuid.Of(uuid), handle, properties);
    }

    private ushort Service { get; } = service;
}
