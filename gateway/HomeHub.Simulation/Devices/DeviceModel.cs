using System.Buffers.Binary;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles;
using HomeHub.Simulation.Peripherals;
using HomeHub.Simulation.Wire;

namespace HomeHub.Simulation.Devices;

/// <summary>
/// A simulated device, whatever carries it: its characteristics, its clock, what it has measured and not told yet, what it has stored. What carries it
/// calls it when a central reads, writes, subscribes or leaves. Safe for several threads.
/// </summary>
public sealed class DeviceModel : IDisposable
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
    private DateTimeOffset _clockSetAt;
    private double _clockOffsetSeconds;
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
        _startedAt = _clockSetAt = time.GetLocalNow();
        _clockOffsetSeconds = file.ClockOffsetSeconds;
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
        for (int i = file.StoredRecords; i > 0; i--)
        {
            Measure(_startedAt - TimeSpan.FromMinutes(i * file.StoredEveryMinutes));
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
    public PhdTimestamp ReadClock() => ClockAt(_time.GetLocalNow());

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
            return new AttResult(0, WriteClock());
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
                SetClock(octets);
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

    /// <summary>Runs the script, and a stream where the device has one, until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (!_file.AdvertisesOnlyWithNews || HasNews)
        {
            await _host.AdvertiseAsync(true, cancellation).ConfigureAwait(false);
        }

        Task streaming = StreamAsync(cancellation);
        foreach (ScriptStep step in _file.Script)
        {
            TimeSpan wait = step.At is { } at ? _startedAt + at - _time.GetLocalNow() : TimeSpan.Zero;
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, _time, cancellation).ConfigureAwait(false);
            }

            await DoAsync(step, cancellation).ConfigureAwait(false);
        }

        await streaming.ConfigureAwait(false);
    }

    /// <summary>Does a step of a script at once.</summary>
    public async Task DoAsync(ScriptStep step, CancellationToken cancellation)
    {
        switch (step.Do)
        {
            case ScriptAction.Measure:
                for (int i = 0; i < step.Count; i++)
                {
                    await MeasureAsync(cancellation).ConfigureAwait(false);
                }

                break;
            case ScriptAction.Disconnect when step.AfterRecord is { } record:
                _dropAfter = record;
                break;
            case ScriptAction.Disconnect:
                await _host.DisconnectAsync(cancellation).ConfigureAwait(false);
                break;
            case ScriptAction.ForgetBonds:
                await _host.ForgetBondsAsync(cancellation).ConfigureAwait(false);
                break;
            case ScriptAction.SetClock:
                MoveClock(step.OffsetSeconds);
                break;
            case ScriptAction.RestartNumbers:
                _records?.Restart();
                break;
            case ScriptAction.Sleep:
                await _host.AdvertiseAsync(false, cancellation).ConfigureAwait(false);
                break;
            case ScriptAction.Wake:
                await _host.AdvertiseAsync(true, cancellation).ConfigureAwait(false);
                break;
        }

        Tell("script-" + System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(step.Do.ToString()));
    }

    /// <inheritdoc/>
    public void Dispose() => _sending.Dispose();

    private void Measure(DateTimeOffset at)
    {
        SimulatedPayload[] payloads;
        lock (_lock)
        {
            payloads = [.. _peripheral.Measure(ClockAt(at))];
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

    /// <summary>Sends what was measured, in order, as long as somebody listens; what was confirmed is erased.</summary>
    private async Task SendOutboxAsync(CancellationToken cancellation)
    {
        await _sending.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            bool hasSent = false;
            while (TryPeekOutbox(out SimulatedPayload payload) && await SendAsync(payload, cancellation).ConfigureAwait(false))
            {
                hasSent = true;
                lock (_lock)
                {
                    _outbox.Dequeue();
                }
            }

            if (hasSent && !HasNews)
            {
                await FinishAsync(cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            _sending.Release();
        }
    }

    private bool TryPeekOutbox(out SimulatedPayload payload)
    {
        lock (_lock)
        {
            return _outbox.TryPeek(out payload) && _isConnected && _subscribed.Contains(payload.Characteristic);
        }
    }

    private async Task<bool> SendAsync(SimulatedPayload payload, CancellationToken cancellation)
    {
        ModelCharacteristic characteristic = Characteristics.First(other => other.Uuid == payload.Characteristic);
        if (!await _host.SendAsync(characteristic, payload.Octets, cancellation).ConfigureAwait(false))
        {
            return false;
        }

        Tell("sent", payload.Characteristic, payload.Octets);
        if (++_sentInConnection == _dropAfter)
        {
            _dropAfter = null;
            await _host.DisconnectAsync(cancellation).ConfigureAwait(false);
            return true;
        }

        await Task.Delay(TimeSpan.FromMilliseconds(_file.SendIntervalMilliseconds), _time, cancellation).ConfigureAwait(false);
        return true;
    }

    private async Task FinishAsync(CancellationToken cancellation)
    {
        if (_file.AdvertisesOnlyWithNews)
        {
            await _host.AdvertiseAsync(false, cancellation).ConfigureAwait(false);
        }

        if (_file.DropsLinkWhenDone)
        {
            await _host.DisconnectAsync(cancellation).ConfigureAwait(false);
        }
    }

    private AttResult WriteRecordAccess(ModelCharacteristic characteristic, ReadOnlySpan<byte> octets)
    {
        const byte ImproperlyConfigured = 0xFD, InProgress = 0x80;
        lock (_lock)
        {
            if (!_subscribed.Contains(characteristic.Uuid) || !_subscribed.Contains(0x2A18))
            {
                return AttResult.Refused(ImproperlyConfigured);
            }
        }

        if (!_records!.TryBegin(octets, out RecordReply reply))
        {
            return AttResult.Refused(InProgress);
        }

        _ = Task.Run(() => TransferAsync(characteristic, reply));
        return AttResult.Done;
    }

    private async Task TransferAsync(ModelCharacteristic controlPoint, RecordReply reply)
    {
        foreach (SimulatedPayload payload in reply.Payloads)
        {
            if (reply.Aborted.IsCancellationRequested || !await SendAsync(payload, CancellationToken.None).ConfigureAwait(false))
            {
                return;
            }

            if (reply.Aborted.IsCancellationRequested)
            {
                return;
            }
        }

        // Over before it is told, so that the next request may follow the answer at once.
        _records!.End(reply);
        await _host.SendAsync(controlPoint, reply.Answer, CancellationToken.None).ConfigureAwait(false);
        if (!HasNews)
        {
            await FinishAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task StreamAsync(CancellationToken cancellation)
    {
        while (_peripheral.StreamIntervalSeconds > 0)
        {
            await Task.Delay(TimeSpan.FromSeconds(_peripheral.StreamIntervalSeconds), _time, cancellation).ConfigureAwait(false);
            bool isHeard;
            lock (_lock)
            {
                isHeard = _isConnected && _subscribed.Count > 0;
            }

            if (isHeard)
            {
                await MeasureAsync(cancellation).ConfigureAwait(false);
            }
        }
    }

    private PhdTimestamp ClockAt(DateTimeOffset at)
    {
        double drift = (at - _clockSetAt).TotalSeconds * _file.ClockDriftPpm / 1e6;
        return PhdTimestamp.FromLocal(at.DateTime.AddSeconds(_clockOffsetSeconds + drift));
    }

    private byte[] WriteClock()
    {
        DateTimeOffset now = _time.GetLocalNow();
        var writer = new WireWriter(stackalloc byte[10]);
        writer.DateTime(ClockAt(now));
        writer.UInt8((byte)(now.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)now.DayOfWeek));
        writer.UInt8(0);
        writer.UInt8(0);
        return writer.ToArray();
    }

    private void SetClock(ReadOnlySpan<byte> octets)
    {
        var told = new DateTime(BinaryPrimitives.ReadUInt16LittleEndian(octets), octets[2], octets[3], octets[4], octets[5], octets[6]);
        MoveClock((told - _time.GetLocalNow().DateTime).TotalSeconds);
        Tell("clock-set", ModelTable.CurrentTime);
    }

    private void MoveClock(double offsetSeconds)
    {
        lock (_lock)
        {
            _clockOffsetSeconds = offsetSeconds;
            _clockSetAt = _time.GetLocalNow();
        }
    }

    private void Tell(string name, ushort characteristic = 0, byte[]? octets = null, DateTimeOffset? at = null) =>
        Happened?.Invoke(new DeviceEvent(at ?? _time.GetLocalNow(), name, characteristic, octets));
}
