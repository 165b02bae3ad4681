using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Liveness;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace HomeHub.Core.Sessions;

/// <summary>
/// The devices of the home as a source of payloads: listens, connects a device that was set up when it advertises, and gives on what it tells. Nothing is
/// ever taken from a device that nobody has set up. While what was taken waits to be put on disk no further device is connected: it keeps what it has.
/// When it is cancelled it lets go of all devices, gives what they have told until then, and only then ends.
/// </summary>
public sealed class PeripheralSource : IPayloadSource
{
    /// <summary>How old what is known of the devices that were set up may be; other processes set devices up too.</summary>
    public static readonly TimeSpan RegistryAge = TimeSpan.FromSeconds(1);

    /// <summary>Longest time that one advertisement takes, reading what is known of the devices included.</summary>
    public static readonly TimeSpan TurnLimit = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan RegistryReportInterval = TimeSpan.FromMinutes(1);

    private readonly ICentral _central;
    private readonly IDeviceRegistry _registry;
    private readonly PeripheralSourceOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly LoopPulse? _pulse;
    private readonly SessionRunner _runner;
    private readonly AdvertisementTaker _advertised;
    private readonly long _startedAt;
    private readonly Channel<SourceItem> _items;
    private readonly ConcurrentDictionary<string, Task> _open = new();
    private readonly Dictionary<string, DeviceSchedule> _schedules = [];
    private readonly Lock _scheduleLock = new();
    private Dictionary<string, RegisteredDevice> _devices = [];
    private long _devicesAt;
    private long? _registryReportedAt;
    private int _waiting;

    /// <summary>Creates the source.</summary>
    public PeripheralSource(
        ICentral central, IDeviceRegistry registry, PeripheralSourceOptions options, TimeProvider time, HubMetrics metrics, ILogger<PeripheralSource> logger, LoopPulse? pulse = null)
    {
        _central = central;
        _registry = registry;
        _options = options;
        _time = time;
        _logger = logger;
        _pulse = pulse;
        _startedAt = time.GetTimestamp();
        _runner = new SessionRunner(central, registry, options, time, metrics, logger);
        _advertised = new AdvertisementTaker(GiveAsync, registry, ReportRegistry, options.IsClockKnown, time);
        _items = Channel.CreateBounded<SourceItem>(new BoundedChannelOptions(options.MaxWaitingPayloads) { SingleReader = true });
    }

    /// <inheritdoc/>
    public string Name => "bluetooth";

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task listening = ListenAsync(ending.Token);
        try
        {
            await foreach (SourceItem item in _items.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                yield return item;
            }

            await listening.ConfigureAwait(false);
        }
        finally
        {
            // Whoever leaves early takes no more: what is left is given to nobody, and marked by nobody.
            await ending.CancelAsync().ConfigureAwait(false);
            _items.Writer.TryComplete();
            await Task.WhenAll(_open.Values).ConfigureAwait(false);
        }
    }

    private async Task ListenAsync(CancellationToken cancellation)
    {
        Task completing = _advertised.RunAsync(cancellation);
        try
        {
            await foreach (Advertisement heard in _central.ScanAsync(ScanFilter.Any, cancellation).ConfigureAwait(false))
            {
                _pulse?.Beat();
                await OnHeardAsync(heard, cancellation).ConfigureAwait(false);
                _pulse?.Rest();
            }

            _items.Writer.TryComplete();
        }
        catch (OperationCanceledException error) when (cancellation.IsCancellationRequested)
        {
            await Task.WhenAll([completing, .. _open.Values]).ConfigureAwait(false);
            _items.Writer.TryComplete(error);
        }
        catch (Exception error)
        {
            // The reader gets it, and with it the hub: a hub that does not listen must not look as if it did.
            _items.Writer.TryComplete(error);
        }
    }

    private async Task OnHeardAsync(Advertisement heard, CancellationToken cancellation)
    {
        await RefreshDevicesAsync(cancellation).ConfigureAwait(false);
        if (!_devices.TryGetValue(heard.Address, out RegisteredDevice? device) || Volatile.Read(ref _waiting) >= _options.MaxWaitingPayloads)
        {
            return;
        }

        await _advertised.OnHeardAsync(device, heard, GiveHeardAsync, cancellation).ConfigureAwait(false);
        if (_open.ContainsKey(heard.Address) || _open.Count >= _options.MaxConnections || _options.Traits(device, null).TellsInAdvertisements)
        {
            return;
        }

        lock (_scheduleLock)
        {
            if (!_schedules.TryGetValue(heard.Address, out DeviceSchedule? schedule))
            {
                _schedules[heard.Address] = schedule = new DeviceSchedule(_options.Reconnect.AtLeast(_options.Traits(device, null).ReconnectAfter));
            }

            if (!schedule.OnHeard(Elapsed(), device.Trouble is null))
            {
                return;
            }
        }

        long heardAt = _time.GetTimestamp();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _open[heard.Address] = ended.Task;
        _ = Task.Run(() => ConnectAsync(device, heardAt, ended, cancellation), CancellationToken.None);
    }

    private async Task RefreshDevicesAsync(CancellationToken cancellation)
    {
        if (_devicesAt != 0 && _time.GetElapsedTime(_devicesAt) < RegistryAge)
        {
            return;
        }

        bool isFirst = _devicesAt == 0 && _devices.Count == 0;
        _devicesAt = _time.GetTimestamp();
        IReadOnlyList<RegisteredDevice> devices;
        try
        {
            devices = await _registry.ListAsync(cancellation).ConfigureAwait(false);
        }
        catch (BufferException error) when (!isFirst || error.IsOfDisk)
        {
            ReportRegistry(error);
            return;
        }

        _devices = devices.ToDictionary(device => device.Address);
        lock (_scheduleLock)
        {
            foreach (string gone in _schedules.Keys.Where(address => !_devices.ContainsKey(address)).ToArray())
            {
                _schedules.Remove(gone);
            }
        }
    }

    private async Task ConnectAsync(RegisteredDevice device, long heardAt, TaskCompletionSource ended, CancellationToken cancellation)
    {
        try
        {
            SessionReport report = await _runner.RunAsync(device, heardAt, GiveAsync, cancellation).ConfigureAwait(false);
            Note(device, schedule => NoteEnd(schedule, report));
        }
        catch (BufferException error)
        {
            // What was taken is with the buffer, or waits for it. What was to be remembered is not: the device is asked for it again.
            ReportRegistry(error);
            Note(device, schedule => schedule.OnFailed(Elapsed()));
        }
        catch (Exception error) when (cancellation.IsCancellationRequested && error is OperationCanceledException or ChannelClosedException)
        {
            // The hub ends.
        }
        catch (Exception error)
        {
            _logger.LogError(error, "Device {Device}: the connection ended by an error of the hub", DeviceTag.Of(device.Address));
            _items.Writer.TryComplete(error);
        }
        finally
        {
            _open.TryRemove(device.Address, out _);
            ended.SetResult();
        }
    }

    private void Note(RegisteredDevice device, Action<DeviceSchedule> note)
    {
        lock (_scheduleLock)
        {
            if (_schedules.TryGetValue(device.Address, out DeviceSchedule? schedule))
            {
                note(schedule);
            }
        }
    }

    private void NoteEnd(DeviceSchedule schedule, SessionReport report)
    {
        if (report.IsCut)
        {
            schedule.OnCut(Elapsed());
        }
        else if (report.Fault is null || (report.Fault == PeripheralFault.Disconnected && report.Values > 0))
        {
            // Many devices let go by themselves once they have told what they had.
            schedule.OnDone(Elapsed(), report.Values);
        }
        else if (DeviceAdvice.WaitsForSomebody(report.Fault.Value))
        {
            schedule.OnTrouble(Elapsed());
            _devicesAt = 0;
        }
        else
        {
            schedule.OnFailed(Elapsed());
        }
    }

    private void ReportRegistry(BufferException error)
    {
        lock (_scheduleLock)
        {
            if (_registryReportedAt is { } last && _time.GetElapsedTime(last) < RegistryReportInterval)
            {
                return;
            }

            _registryReportedAt = _time.GetTimestamp();
        }

        _logger.LogError("What is known of the devices can't be read or kept, and is tried again: {Fault}: {Error}", error.Fault, error.Message);
    }

    private async ValueTask GiveAsync(SourceItem item, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _waiting);
        Action? committed = item.Committed;
        SourceItem counted = item with
        {
            Committed = () =>
            {
                Interlocked.Decrement(ref _waiting);
                committed?.Invoke();
            },
        };
        try
        {
            await _items.Writer.WriteAsync(counted, cancellation).ConfigureAwait(false);
        }
        catch
        {
            Interlocked.Decrement(ref _waiting);
            throw;
        }
    }

    /// <summary>While a full buffer leaves no room the listening rests: whoever stores is watched over himself, and says why.</summary>
    private async ValueTask GiveHeardAsync(SourceItem item, CancellationToken cancellation)
    {
        ValueTask giving = GiveAsync(item, cancellation);
        if (!giving.IsCompleted)
        {
            _pulse?.Rest();
        }

        await giving.ConfigureAwait(false);
        _pulse?.Beat();
    }

    private TimeSpan Elapsed() => _time.GetElapsedTime(_startedAt);
}
