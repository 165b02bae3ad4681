using System.Collections.Concurrent;
using HomeHub.BlueZ.Bonds;
using HomeHub.BlueZ.Discovery;
using HomeHub.BlueZ.Pairing;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.BlueZ;

/// <summary>The hub's Bluetooth by BlueZ, 5.55 and later, over D-Bus.</summary>
public sealed class BlueZCentral : ICentral
{
    private readonly BlueZOptions _options;
    private readonly TimeProvider _time;
    private readonly Scanner _scanner;
    private readonly BondWatch _bonds;
    private readonly Linker _linker;
    private readonly PairingAgent _agent;
    private readonly PairingProcedure _pairing;
    private readonly ConcurrentDictionary<string, bool> _inUse = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private readonly Task _keeping;
    private TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile CentralState _state = new(CentralCondition.Starting, "Bluetooth is being looked for.");
    private volatile Radio? _radio;
    private int _isDisposed;

    /// <summary>Begins to look for the adapter; see <see cref="State"/>.</summary>
    /// <param name="options">Which adapter, and limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where it tells what it works around; null: nowhere.</param>
    public BlueZCentral(BlueZOptions options, TimeProvider time, ILogger<BlueZCentral>? logger = null)
        : this(options, time, logger ?? NullLogger<BlueZCentral>.Instance, new KernelManagement())
    {
    }

    internal BlueZCentral(BlueZOptions options, TimeProvider time, ILogger logger, IKernelManagement kernel)
    {
        (_options, _time) = (options, time);
        _scanner = new Scanner(options, time, logger);
        _bonds = new BondWatch(options, time, kernel);
        _linker = new Linker(_scanner, _bonds, options, time);
        _agent = new PairingAgent(options, logger);
        _pairing = new PairingProcedure(_linker, _agent, _bonds, options, time, logger);
        var keeper = new AdapterKeeper(options, time, logger)
        {
            ServiceFound = _agent.RegisterAsync,
        };
        keeper.Changed += Take;
        _keeping = Task.Run(() => keeper.RunAsync(_closing.Token));
    }

    /// <inheritdoc/>
    public CentralState State => _state;

    /// <inheritdoc/>
    public event Action<CentralState>? StateChanged;

    /// <inheritdoc/>
    public Task WaitReadyAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return _ready.Task.WaitAsync(cancellation);
        }
    }

    /// <inheritdoc/>
    public async Task ProbeAsync(CancellationToken cancellation)
    {
        const string Doing = "Asking whether Bluetooth answers";
        Radio radio = Ready(Doing);
        await radio.CallAsync(radio.AdapterPath, BlueZNames.Properties, "Get", Doing, cancellation, null, "ss", BlueZNames.Adapter, "Powered").ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Advertisement> ScanAsync(ScanFilter filter, CancellationToken cancellation) => _scanner.ReadAsync(filter, cancellation);

    /// <inheritdoc/>
    public Task<IPeripheral> ConnectAsync(string address, AddressType addressType, TimeSpan limit, CancellationToken cancellation) =>
        UseAsync(address, "Connecting", limit, async (radio, bounded, release) =>
        {
            long since = _time.GetTimestamp();
            Link link = await _linker.ConnectAsync(radio, radio.DevicePath(address), address, since, bounded).ConfigureAwait(false);
            try
            {
                await ResolveAsync(link, address, since, bounded).ConfigureAwait(false);
                return (IPeripheral)new BlueZPeripheral(
                    link, address, _time.GetElapsedTime(since), since, _linker, _bonds, _options, release);
            }
            catch
            {
                await _linker.AbandonAsync(radio, link.Path).ConfigureAwait(false);
                throw;
            }
        }, cancellation);

    /// <inheritdoc/>
    public Task<NewBond> PairAsync(PairingRequest request, CancellationToken cancellation) =>
        UseAsync(request.Address, "Pairing", request.Limit, async (radio, bounded, release) =>
        {
            NewBond bond = await _pairing.RunAsync(radio, request, bounded).ConfigureAwait(false);
            release();
            return bond;
        }, cancellation);

    /// <inheritdoc/>
    public Task ForgetAsync(string address, CancellationToken cancellation)
    {
        Radio radio = Ready("Forgetting the device");
        return PairingProcedure.RemoveAsync(radio, radio.DevicePath(address), cancellation);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<BondedPeripheral>> ListBondedAsync(CancellationToken cancellation)
    {
        Radio radio = Ready("Listing the bonds");
        IReadOnlyList<BondedPeripheral> bonded =
        [
            .. radio.Objects.All(BlueZNames.Device)
                .Where(device => device.Path.StartsWith(radio.AdapterPath + "/", StringComparison.Ordinal) && radio.IsBonded(device.Path)
                    && device.Properties.GetValueOrDefault("Address") is string)
                .Select(device => new BondedPeripheral(
                    ((string)device.Properties["Address"]).ToUpperInvariant(),
                    AdvertisementReader.TypeOf(device.Properties),
                    device.Properties.GetValueOrDefault("Name") as string,
                    device.Properties.GetValueOrDefault("Connected") is true)),
        ];
        return Task.FromResult(bonded);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
        {
            return;
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        await _keeping.ConfigureAwait(false);
        _bonds.Dispose();
        _linker.Dispose();
        _agent.Dispose();
        _scanner.Dispose();
        _closing.Dispose();
    }

    /// <summary>Runs what needs the radio and one peripheral for itself, within a limit. The peripheral is free again when it fails or calls release.</summary>
    private async Task<T> UseAsync<T>(
        string address, string doing, TimeSpan limit, Func<Radio, CancellationToken, Action, Task<T>> use, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_isDisposed == 1, this);
        Radio radio = Ready(doing);
        if (!_inUse.TryAdd(address, true))
        {
            throw new PeripheralException(PeripheralFault.InProgress, $"{doing}: the hub is connected with the device already, or connecting.");
        }

        void Release() => _inUse.TryRemove(address, out _);
        using var timer = new CancellationTokenSource(limit, _time);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            return await use(radio, bounded.Token, Release).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            Release();
            PeripheralFault fault = error is NotHeardException ? PeripheralFault.NotReachable : PeripheralFault.TimedOut;
            throw new PeripheralException(fault, $"{doing}: it was not done within {limit.TotalSeconds:0.#} s. {error.Message}", error);
        }
        catch
        {
            Release();
            throw;
        }
    }

    private async Task ResolveAsync(Link link, string address, long since, CancellationToken cancellation)
    {
        const string Doing = "Finding the services";
        string outcome = await link.Radio.WhenAsync(
            change =>
            {
                if (link.Radio.Objects.Get<bool>(link.Path, BlueZNames.Device, "ServicesResolved"))
                {
                    return "resolved";
                }

                bool isGone = change is { } told && told.Path == link.Path && told.Interface == BlueZNames.Device
                    && (told.Kind == ObjectChangeKind.Removed || (told.Tells("Connected", out bool connected) && !connected));
                return isGone ? "gone" : null;
            },
            Doing,
            cancellation).ConfigureAwait(false);
        if (outcome == "gone")
        {
            var error = new PeripheralException(PeripheralFault.Disconnected, $"{Doing}: the connection ended.");
            throw link.Radio.IsBonded(link.Path)
                ? Linker.Fault(await _bonds.JudgeAsync(address, since, wasLinked: true).ConfigureAwait(false), Doing, error)
                : error;
        }

        // BlueZ may tell that the services are found before it tells which (it tells of each object in a turn of its own), but an answer comes after all
        // that was to be told before it.
        await link.Radio.CallAsync(
            link.Path, BlueZNames.Properties, "Get", Doing, cancellation, null, "ss", BlueZNames.Device, "ServicesResolved").ConfigureAwait(false);
    }

    private Radio Ready(string doing) =>
        _radio is { Gone.IsCancellationRequested: false } radio
            ? radio
            : throw new PeripheralException(PeripheralFault.NoRadio, $"{doing}: {(_state.IsReady ? "Bluetooth went away." : _state.Message)}");

    private void Take(CentralState state, Radio? radio)
    {
        if (_radio is { } before)
        {
            before.Bus.LinkWent -= _bonds.TakeReason;
        }

        if (radio is not null)
        {
            radio.Bus.LinkWent += _bonds.TakeReason;
        }

        bool hasChanged = state != _state;
        lock (_gate)
        {
            _radio = radio;
            _state = state;
            if (radio is not null)
            {
                _ready.TrySetResult();
            }
            else if (_ready.Task.IsCompleted)
            {
                _ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        _scanner.Use(radio);
        if (hasChanged)
        {
            StateChanged?.Invoke(state);
        }
    }
}
