using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles;
using HomeHub.Simulation.Devices;

namespace HomeHub.Simulation.InProcess;

/// <summary>
/// The hub's Bluetooth with devices that the process carries: no radio, no BlueZ, the same promises. For tests and for trying out whatever stands
/// above the port.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="options">Limits; null: the usual.</param>
public sealed partial class SimulatedCentral(TimeProvider time, SimulatedCentralOptions? options = null) : ICentral
{
    private static readonly CentralState Ready = new(CentralCondition.Ready, "", "sim0 00:00:00:00:00:00");

    private readonly SimulatedCentralOptions _options = options ?? new SimulatedCentralOptions();
    private readonly ConcurrentDictionary<string, CarriedDevice> _devices = new();
    private readonly ConcurrentDictionary<string, Guid> _bonds = new();
    private readonly ConcurrentDictionary<string, bool> _inUse = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _gate = new();
    private TaskCompletionSource _ready = Completed();
    private volatile CentralState _state = Ready;
    private volatile bool _isConnecting;
    private int _isDisposed;

    /// <inheritdoc/>
    public event Action<CentralState>? StateChanged;

    /// <inheritdoc/>
    public CentralState State => _state;

    /// <summary>Puts a device into reach. It advertises once its model is told to, by <see cref="DeviceModel.RunAsync"/> or <see cref="IDeviceHost.AdvertiseAsync"/>.</summary>
    public CarriedDevice Add(DeviceFile file, string address, AddressType addressType = AddressType.Public, int seed = 1)
    {
        var device = new CarriedDevice(file, address, addressType, seed, time);
        return _devices.TryAdd(address, device) ? device : throw new ArgumentException("There is a device with this address already.", nameof(address));
    }

    /// <summary>Takes the radio away, or gives it back. What is under way ends when it goes.</summary>
    public void ChangeState(CentralState state)
    {
        lock (_gate)
        {
            _state = state;
            if (state.IsReady)
            {
                _ready.TrySetResult();
            }
            else if (_ready.Task.IsCompleted)
            {
                _ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        if (!state.IsReady)
        {
            EndLinks(new PeripheralException(PeripheralFault.NoRadio, "Listening to the device: the hub's Bluetooth went away."));
        }

        StateChanged?.Invoke(state);
    }

    /// <inheritdoc/>
    public Task WaitReadyAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return _ready.Task.WaitAsync(cancellation);
        }
    }

    /// <inheritdoc/>
    public Task ProbeAsync(CancellationToken cancellation) => _state.IsReady
        ? Task.CompletedTask
        : Task.FromException(new PeripheralException(PeripheralFault.NoRadio, $"Asking whether Bluetooth answers: {_state.Message}"));

    /// <inheritdoc/>
    public async IAsyncEnumerable<Advertisement> ScanAsync(ScanFilter filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (CarriedDevice device in _devices.Values)
            {
                if (_state.IsReady && !_isConnecting && device.IsHeard && Describe(device) is { } advertisement && filter.Fits(advertisement))
                {
                    yield return advertisement;
                }
            }

            await Task.Delay(_options.AdvertisingInterval, time, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task<IPeripheral> ConnectAsync(string address, AddressType addressType, TimeSpan limit, CancellationToken cancellation) =>
        UseAsync<IPeripheral>("Connecting", address, limit, (bounded, release) => LinkAsync("Connecting", address, release, bounded), cancellation);

    /// <inheritdoc/>
    public Task<NewBond> PairAsync(PairingRequest request, CancellationToken cancellation) =>
        UseAsync("Pairing", request.Address, request.Limit, (bounded, release) => BondAsync(request, release, bounded), cancellation);

    /// <inheritdoc/>
    public async Task ForgetAsync(string address, CancellationToken cancellation)
    {
        ThrowIfNotReady("Forgetting the device");
        if (_bonds.TryRemove(address, out _) && _devices.TryGetValue(address, out CarriedDevice? device))
        {
            await device.DisconnectAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<BondedPeripheral>> ListBondedAsync(CancellationToken cancellation)
    {
        ThrowIfNotReady("Listing the bonds");
        return Task.FromResult<IReadOnlyList<BondedPeripheral>>(
        [
            .. _devices.Values.Where(device => _bonds.ContainsKey(device.Address)).OrderBy(device => device.Address, StringComparer.Ordinal)
                .Select(device => new BondedPeripheral(device.Address, device.AddressType, device.Model.File.Name, device.Link is not null)),
        ]);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            EndLinks(null);
            foreach (CarriedDevice device in _devices.Values)
            {
                device.Dispose();
            }

            _turn.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private static TaskCompletionSource Completed()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }

    private Advertisement Describe(CarriedDevice device) => new()
    {
        Address = device.Address,
        AddressType = device.AddressType,
        Name = device.Model.File.Name,
        Rssi = device.Rssi,
        Services = [.. device.Model.AdvertisedServices.Select(BluetoothUuid.Of)],
        IsBonded = _bonds.ContainsKey(device.Address),
        ReceivedAt = time.GetLocalNow(),
    };

    /// <summary>Runs what needs one device for itself, within a limit. The device is free again when it fails or calls release.</summary>
    private async Task<T> UseAsync<T>(
        string doing, string address, TimeSpan limit, Func<CancellationToken, Action, Task<T>> use, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_isDisposed == 1, this);
        ThrowIfNotReady(doing);
        if (!_inUse.TryAdd(address, true))
        {
            throw new PeripheralException(PeripheralFault.InProgress, $"{doing}: the hub is connected with the device already, or connecting.");
        }

        void Release() => _inUse.TryRemove(address, out _);
        using var timer = new CancellationTokenSource(limit, time);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            return await use(bounded.Token, Release).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            Release();
            throw new PeripheralException(PeripheralFault.TimedOut, $"{doing}: it was not done within {limit.TotalSeconds:0.#} s.", error);
        }
        catch
        {
            Release();

            // Whoever gave up himself is told just that.
            cancellation.ThrowIfCancellationRequested();
            throw;
        }
    }

    private async Task<IPeripheral> LinkAsync(string doing, string address, Action release, CancellationToken bounded)
    {
        long since = time.GetTimestamp();
        await _turn.WaitAsync(bounded).ConfigureAwait(false);
        try
        {
            _isConnecting = true;
            TimeSpan waited = time.GetElapsedTime(since);
            SimulatedPeripheral link = await FindAsync(doing, address, release, bounded).ConfigureAwait(false);
            TimeSpan connected = time.GetElapsedTime(since);
            link.Times = new ConnectionTimes(waited, connected, connected);
            return link;
        }
        finally
        {
            _isConnecting = false;
            _turn.Release();
        }
    }

    private async Task<SimulatedPeripheral> FindAsync(string doing, string address, Action release, CancellationToken bounded)
    {
        while (true)
        {
            ThrowIfNotReady(doing);
            if (_devices.TryGetValue(address, out CarriedDevice? device))
            {
                bool isBonded = _bonds.TryGetValue(address, out Guid key);
                var link = new SimulatedPeripheral(device, isBonded, time, _options, release);
                if (device.TryAccept(link))
                {
                    return Encrypted(doing, device, link, isBonded ? key : null);
                }
            }

            try
            {
                await Task.Delay(_options.AdvertisingInterval, time, bounded).ConfigureAwait(false);
            }
            catch (OperationCanceledException error)
            {
                throw new PeripheralException(PeripheralFault.NotReachable, $"{doing}: the device was not heard.", error);
            }
        }
    }

    private static SimulatedPeripheral Encrypted(string doing, CarriedDevice device, SimulatedPeripheral link, Guid? key)
    {
        if (key is { } held && !device.Knows(held))
        {
            var lost = new PeripheralException(PeripheralFault.BondLost, $"{doing}: the device and the hub no longer share a key. Pair it again.");
            link.End(lost);
            throw lost;
        }

        return link;
    }

    private void ThrowIfNotReady(string doing)
    {
        if (!_state.IsReady)
        {
            throw new PeripheralException(PeripheralFault.NoRadio, $"{doing}: {_state.Message}");
        }
    }

    private void EndLinks(PeripheralException? reason)
    {
        foreach (CarriedDevice device in _devices.Values)
        {
            device.Link?.End(reason);
        }
    }
}
