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
    private const byte ReadNotPermitted = 0x02, WriteNotPermitted = 0x03, InvalidLength = 0x0D;

    private readonly Lock _lock = new();
    private readonly DeviceFile _file;
    private readonly TimeProvider _time;
    private readonly IDeviceHost _host;
    private readonly Peripheral _peripheral;
    private readonly Dictionary<ushort, byte[]> _values = [];
    private readonly HashSet<ushort> _subscribed = [];
    private readonly Queue<SimulatedPayload> _outbox = new();
    private readonly RecordStore? _records;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly DateTimeOffset _startedAt;
    private readonly DeviceClock _clock;
    private int? _dropAfter;
    private int _sentInConnection;
    private bool _isConnected;

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
        _clock = new DeviceClock(_startedAt, file.ClockOffsetSeconds, file.ClockDriftPpm);
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
            Measure(newest - (i * interval));
        }
    }

    /// <summary>Raised when something happened; handlers return at once.</summary>
    public event Action<DeviceEvent>? Happened;

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

    /// <summary>Takes a measurement now.</summary>
    public async Task MeasureAsync(CancellationToken cancellation)
    {
        Measure(_time.GetLocalNow());
        if (_file.AdvertisesOnlyWithNews)
        {
            await _host.AdvertiseAsync(true, cancellation).ConfigureAwait(false);
        }

        await SendOutboxAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>A central reads.</summary>
    public AttResult Read(ModelCharacteristic characteristic)
    {
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
    public AttResult Write(ModelCharacteristic characteristic, ReadOnlySpan<byte> octets)
    {
        switch (characteristic.Uuid)
        {
            case ModelTable.CurrentTime when octets.Length == 10:
                _clock.Set(octets, _time.GetLocalNow());
                Tell("clock-set", ModelTable.CurrentTime);
                return AttResult.Done;
            case ModelTable.CurrentTime:
                return AttResult.Refused(InvalidLength);
            case ModelTable.RecordAccess when _records is not null:
                return WriteRecordAccess(characteristic, octets);
            default:
                return AttResult.Refused(WriteNotPermitted);
        }
    }

    /// <summary>A central subscribed or unsubscribed.</summary>
    public async Task SubscribeAsync(ModelCharacteristic characteristic, bool on, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _ = on ? _subscribed.Add(characteristic.Uuid) : _subscribed.Remove(characteristic.Uuid);
        }

        Tell(on ? "subscribed" : "unsubscribed", characteristic.Uuid);
        if (on)
        {
            await SendOutboxAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>A central connected.</summary>
    public void OnConnected()
    {
        lock (_lock)
        {
            _isConnected = true;
            _sentInConnection = 0;
        }

        Tell("connected");
    }

    /// <summary>The link went. What was not told stays, and the next central subscribes anew.</summary>
    public void OnDisconnected()
    {
        lock (_lock)
        {
            _isConnected = false;
            _subscribed.Clear();
            _records?.Abort();
        }

        Tell("disconnected");
    }

    /// <inheritdoc/>
    public void Dispose() => _sending.Dispose();

    private void Measure(DateTimeOffset at)
    {
        SimulatedPayload[] payloads;
        lock (_lock)
        {
            payloads = [.. _peripheral.Measure(_clock.At(at))];
            if (_records is not null)
            {
                _records.Add(payloads);
            }
            else
            {
                foreach (SimulatedPayload payload in payloads)
                {
                    _outbox.Enqueue(payload);
                }
            }
        }

        foreach (SimulatedPayload payload in payloads)
        {
            Tell("measured", payload.Characteristic, payload.Octets, at);
        }
    }

    private void Tell(string name, ushort characteristic = 0, byte[]? octets = null, DateTimeOffset? at = null) =>
        Happened?.Invoke(new DeviceEvent(at ?? _time.GetLocalNow(), name, characteristic, octets));
}
