using HomeHub.Core.Peripherals;
using HomeHub.Profiles;
using HomeHub.Simulation.Peripherals;

namespace HomeHub.Simulation.Devices;

/// <summary>
/// A simulated device, whatever carries it: its characteristics, its clock, what it has measured and not told yet, what it has stored. What carries it
/// calls it when a central reads, writes, subscribes or leaves. Safe for several threads.
/// </summary>
public sealed partial class DeviceModel : IDisposable
{
    private const byte ReadNotPermitted = 0x02, WriteNotPermitted = 0x03, InvalidLength = 0x0D, DataFieldIgnored = 0x80;

    /// <summary>Most measurements that wait to be sent; then the oldest go.</summary>
    public const int MaxWaiting = 10_000;

    private static readonly IReadOnlyDictionary<string, decimal> NoValues = new Dictionary<string, decimal>();

    private readonly Lock _lock = new();
    private readonly DeviceFile _file;
    private readonly TimeProvider _time;
    private readonly IDeviceHost _host;
    private readonly Peripheral _peripheral;
    private readonly Dictionary<ushort, byte[]> _values = [];
    private readonly HashSet<ushort> _subscribed = [];
    private readonly Queue<SimulatedPayload> _outbox = new();
    private readonly List<(DateTimeOffset At, SimulatedPayload Payload)> _storedAtStart = [];
    private readonly Queue<SimulatedPayload> _lastSent = new();
    private readonly RecordCountdown _untilDrop = new(), _untilSilence = new();
    private readonly CancellationTokenSource _life = new();
    private readonly RecordStore? _records;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly DateTimeOffset _startedAt;
    private readonly DeviceClock _clock;
    private CancellationTokenSource _link = new();
    private bool _isConnected;
    private bool _isSilent;

    /// <summary>Creates the device.</summary>
    /// <param name="file">What it is.</param>
    /// <param name="seed">Where its values come from: the same seed gives the same.</param>
    /// <param name="host">What carries it.</param>
    /// <param name="time">True time.</param>
    public DeviceModel(DeviceFile file, int seed, IDeviceHost host, TimeProvider time)
    {
        _file = file;
        _host = host;
        _time = time;
        _startedAt = time.GetLocalNow();
        _clock = new DeviceClock(_startedAt, file.ClockOffsetSeconds, file.ClockDriftPpm, !file.Quirks.Contains(DeviceQuirk.ClockNotSet));
        _peripheral = Peripheral.Create(file.Kind, new Random(seed), new PeripheralOptions(file.HasClock, file.UserIndex));
        List<ModelCharacteristic> characteristics = [];
        foreach ((ModelCharacteristic characteristic, byte[] value) in ModelTable.Information(file))
        {
            characteristics.Add(characteristic);
            _values[characteristic.Uuid] = value;
        }

        if (file.HasClock && _peripheral.HasClock)
        {
            characteristics.Add(ModelTable.Clock(file.HasSettableClock));
        }

        if (file.BatteryPercent is { } percent)
        {
            characteristics.Add(ModelTable.Battery());
            _values[ModelTable.BatteryLevel] = [percent];
        }

        foreach (SimulatedPayload feature in _peripheral.ReadFeatures())
        {
            characteristics.Add(new ModelCharacteristic(feature.Service, feature.Characteristic, GattProperties.Read));
            _values[feature.Characteristic] = feature.Octets;
        }

        characteristics.AddRange(ModelTable.Measurements(file.Kind));
        Characteristics = characteristics;
        _records = characteristics.Any(characteristic => characteristic.Uuid == ModelTable.RecordAccess) ? new RecordStore() : null;
        var interval = TimeSpan.FromMinutes(file.StoredEveryMinutes);
        DateTimeOffset newest = file.StoredUntil ?? _startedAt - interval;
        for (int i = file.StoredRecords - 1; i >= 0; i--)
        {
            DateTimeOffset at = newest - (i * interval);
            _storedAtStart.AddRange(Take(NoValues, at).Select(payload => (at, payload)));
        }
    }

    /// <summary>Raised when something happened; handlers return at once.</summary>
    public event Action<DeviceEvent>? Happened;

    /// <summary>Raised when something that nobody waits for went wrong: what carries the device could not send. Handlers return at once.</summary>
    public event Action<Exception>? Failed;

    /// <summary>What it is.</summary>
    public DeviceFile File => _file;

    /// <summary>Its characteristics, those of a service together.</summary>
    public IReadOnlyList<ModelCharacteristic> Characteristics { get; }

    /// <summary>16-bit UUIDs of the health services that it advertises.</summary>
    public IReadOnlyList<ushort> AdvertisedServices =>
        [.. ModelTable.Measurements(_file.Kind).Select(characteristic => characteristic.Service).Distinct()];

    /// <summary>Whether it has something to tell.</summary>
    public bool HasNews
    {
        get
        {
            lock (_lock)
            {
                return _outbox.Count > 0 || _records?.HasNews == true;
            }
        }
    }

    /// <summary>What its clock says.</summary>
    public PhdTimestamp ReadClock() => _clock.At(_time.GetLocalNow());

    /// <summary>A central reads.</summary>
    public async Task<AttResult> ReadAsync(ModelCharacteristic characteristic)
    {
        if (await FailAsync(characteristic).ConfigureAwait(false) is { } error)
        {
            return AttResult.Refused(error);
        }

        if (characteristic.Uuid == ModelTable.CurrentTime)
        {
            return new AttResult(0, _clock.ToCurrentTime(_time.GetLocalNow()));
        }

        lock (_lock)
        {
            return _values.TryGetValue(characteristic.Uuid, out byte[]? value) ? new AttResult(0, value) : AttResult.Refused(ReadNotPermitted);
        }
    }

    /// <summary>A central writes.</summary>
    public async Task<AttResult> WriteAsync(ModelCharacteristic characteristic, ReadOnlyMemory<byte> octets)
    {
        if (await FailAsync(characteristic).ConfigureAwait(false) is { } error)
        {
            return AttResult.Refused(error);
        }

        if ((characteristic.Properties & GattProperties.Write) == 0)
        {
            return AttResult.Refused(WriteNotPermitted);
        }

        return characteristic.Uuid == ModelTable.RecordAccess ? WriteRecordAccess(characteristic, octets.Span) : WriteClock(octets.Span);
    }

    /// <summary>A central wants to subscribe: what the device says to it. For what carries it and can tell the central.</summary>
    public async Task<AttResult> AdmitAsync(ModelCharacteristic characteristic) =>
        await FailAsync(characteristic).ConfigureAwait(false) is { } error ? AttResult.Refused(error) : AttResult.Done;

    /// <summary>A central subscribed or unsubscribed. What waits is sent from then on.</summary>
    public void Subscribe(ModelCharacteristic characteristic, bool on)
    {
        lock (_lock)
        {
            _ = on ? _subscribed.Add(characteristic.Uuid) : _subscribed.Remove(characteristic.Uuid);
        }

        Tell(on ? "subscribed" : "unsubscribed", characteristic.Uuid);
        if (on)
        {
            Begin(SendOutboxAsync);
        }
    }

    /// <summary>A central connected.</summary>
    public void OnConnected()
    {
        lock (_lock)
        {
            _isConnected = true;
            _untilDrop.Restart();
            _untilSilence.Restart();
        }

        Tell("connected");
    }

    /// <summary>The link went. What was not told stays, and the next central subscribes anew. What is streamed is of no use later.</summary>
    public void OnDisconnected()
    {
        CancellationTokenSource link;
        lock (_lock)
        {
            _isSilent &= !_isConnected;
            _isConnected = false;
            _subscribed.Clear();
            _records?.Abort();
            (link, _link) = (_link, new CancellationTokenSource());
            if (_peripheral.StreamIntervalSeconds > 0)
            {
                _outbox.Clear();
            }
        }

        link.Cancel();
        link.Dispose();
        Tell("disconnected");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _life.Cancel();
        _life.Dispose();
        lock (_lock)
        {
            _link.Cancel();
            _link.Dispose();
        }
    }

    private AttResult WriteClock(ReadOnlySpan<byte> octets)
    {
        if (octets.Length != 10)
        {
            return AttResult.Refused(InvalidLength);
        }

        if (!_clock.TrySet(octets, _time.GetLocalNow()))
        {
            return AttResult.Refused(DataFieldIgnored);
        }

        Tell("clock-set", ModelTable.CurrentTime);
        return AttResult.Done;
    }

    private void Tell(string name, ushort characteristic = 0, byte[]? octets = null, DateTimeOffset? at = null) =>
        Happened?.Invoke(new DeviceEvent(at ?? _time.GetLocalNow(), name, characteristic, octets));
}
