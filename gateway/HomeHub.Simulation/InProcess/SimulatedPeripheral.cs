using System.Threading.Channels;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles;
using HomeHub.Simulation.Devices;

namespace HomeHub.Simulation.InProcess;

/// <summary>A connection with a device that the process carries.</summary>
internal sealed class SimulatedPeripheral : IPeripheral
{
    private const byte InsufficientAuthentication = 0x05;

    private readonly CarriedDevice _device;
    private readonly TimeProvider _time;
    private readonly SimulatedCentralOptions _options;
    private readonly Action _released;
    private readonly Dictionary<ushort, ModelCharacteristic> _model = [];
    private readonly Channel<CharacteristicValue> _values = Channel.CreateBounded<CharacteristicValue>(IPeripheral.MaxUnread);
    private readonly Lock _lock = new();
    private readonly HashSet<ModelCharacteristic> _subscribed = [];
    private readonly TaskCompletionSource<PeripheralException?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isDisposed;

    public SimulatedPeripheral(CarriedDevice device, bool isBonded, TimeProvider time, SimulatedCentralOptions options, Action released)
    {
        (_device, IsBonded, _time, _options, _released) = (device, isBonded, time, options, released);
        List<GattCharacteristic> found = [];
        ushort handle = 0, service = 0;
        foreach (ModelCharacteristic characteristic in device.Model.Characteristics)
        {
            // As on the air: a declaration for each service, two attributes for a characteristic, one for its configuration.
            handle += (ushort)(characteristic.Service == service ? 1 : 2);
            service = characteristic.Service;
            var shown = new GattCharacteristic(BluetoothUuid.Of(service), BluetoothUuid.Of(characteristic.Uuid), handle, characteristic.Properties);
            found.Add(shown);
            _model[handle] = characteristic;
            handle += (ushort)(shown.CanSubscribe ? 2 : 1);
        }

        Characteristics = found;
    }

    public string Address => _device.Address;

    public bool IsBonded { get; }

    public IReadOnlyList<GattCharacteristic> Characteristics { get; }

    public ConnectionTimes Times { get; set; }

    public ChannelReader<CharacteristicValue> Values => _values.Reader;

    /// <summary>Completes with the reason when the link is over; null when the hub let go.</summary>
    public Task<PeripheralException?> Ended => _ended.Task;

    public async Task<byte[]> ReadAsync(GattCharacteristic characteristic, CancellationToken cancellation) =>
        (await AskAsync($"Reading {characteristic.Uuid}", characteristic, _device.Model.ReadAsync, cancellation).ConfigureAwait(false)).Octets;

    public Task WriteAsync(GattCharacteristic characteristic, ReadOnlyMemory<byte> value, CancellationToken cancellation)
    {
        byte[] octets = value.ToArray();
        return AskAsync($"Writing {characteristic.Uuid}", characteristic, model => _device.Model.WriteAsync(model, octets), cancellation);
    }

    public async Task SubscribeAsync(GattCharacteristic characteristic, CancellationToken cancellation)
    {
        string doing = $"Subscribing to {characteristic.Uuid}";
        if (!characteristic.CanSubscribe)
        {
            throw new PeripheralException(PeripheralFault.NotPermitted, $"{doing}: the device does not permit it.");
        }

        await AskAsync(doing, characteristic, _device.Model.AdmitAsync, cancellation).ConfigureAwait(false);
        ModelCharacteristic model = _model[characteristic.Handle];
        lock (_lock)
        {
            _subscribed.Add(model);
        }

        _device.Model.Subscribe(model, true);
    }

    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            End(null);
            _released();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The device sends; false when nobody listens any more.</summary>
    public bool Take(ModelCharacteristic characteristic, byte[] octets)
    {
        lock (_lock)
        {
            if (_ended.Task.IsCompleted || !_subscribed.Contains(characteristic))
            {
                return false;
            }

            GattCharacteristic shown = Characteristics.First(other => _model[other.Handle] == characteristic);
            if (_values.Writer.TryWrite(new CharacteristicValue(shown, [.. octets], _time.GetLocalNow()) { Monotonic = _time.GetElapsedTime(0) }))
            {
                return true;
            }
        }

        End(new PeripheralException(PeripheralFault.Failed, $"More than {IPeripheral.MaxUnread} values waited unread; the hub let go of the device."));
        return false;
    }

    /// <summary>Ends the link.</summary>
    /// <param name="reason">Why; null when the hub lets go.</param>
    public void End(PeripheralException? reason)
    {
        lock (_lock)
        {
            if (!_ended.TrySetResult(reason))
            {
                return;
            }

            _values.Writer.TryComplete(reason);
        }

        _device.Release(this);
    }

    private async Task<AttResult> AskAsync(
        string doing, GattCharacteristic characteristic, Func<ModelCharacteristic, Task<AttResult>> ask, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_isDisposed == 1, this);
        if (!_model.TryGetValue(characteristic.Handle, out ModelCharacteristic? model) || BluetoothUuid.Of(model.Uuid) != characteristic.Uuid)
        {
            throw new PeripheralException(PeripheralFault.StaleServices, $"{doing}: the device has no such characteristic at that place.");
        }

        ThrowIfEnded(doing);
        Task<AttResult> answer = _device.Model.File.Security != DeviceSecurity.None && !IsBonded
            ? Task.FromResult(AttResult.Refused(InsufficientAuthentication))
            : ask(model);
        try
        {
            await Task.WhenAny(answer, Ended).WaitAsync(_options.GattLimit, _time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException error)
        {
            throw new PeripheralException(PeripheralFault.TimedOut, $"{doing}: there was no answer in time.", error);
        }

        ThrowIfEnded(doing);
        AttResult result = await answer.ConfigureAwait(false);
        return result.Error == 0
            ? result
            : throw new PeripheralException(AttErrors.ToFault(result.Error), $"{doing}: the device refused it.") { AttError = result.Error };
    }

    private void ThrowIfEnded(string doing)
    {
        if (Ended.IsCompletedSuccessfully)
        {
            PeripheralException? reason = Ended.Result;
            throw new PeripheralException(reason?.Fault ?? PeripheralFault.Disconnected, $"{doing}: the connection ended.", reason);
        }
    }
}
