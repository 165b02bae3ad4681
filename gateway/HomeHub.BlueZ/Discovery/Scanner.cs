using System.Runtime.CompilerServices;
using System.Threading.Channels;
using HomeHub.Core.Peripherals;
using HomeHub.DBus;
using Microsoft.Extensions.Logging;

namespace HomeHub.BlueZ.Discovery;

/// <summary>
/// Scans while somebody reads, nobody connects and the radio is ready. What should be is set by the members; one task makes it so, and tries
/// again with back-off where BlueZ is busy.
/// </summary>
internal sealed class Scanner(BlueZOptions options, TimeProvider time, ILogger logger) : IDisposable
{
    // No UUIDs: the hub wants services or names, BlueZ would give only the services, and it does not look at service data for them.
    private static readonly Dictionary<string, object> Filter = new() { ["Transport"] = "le", ["DuplicateData"] = true };

    private readonly Lock _gate = new();
#pragma warning disable CA2213 // A straggler may still release it; without a wait handle it holds nothing that must be given back.
    private readonly SemaphoreSlim _reconciling = new(1);
#pragma warning restore CA2213
    private readonly List<(ScanFilter Filter, Channel<Advertisement> Channel)> _readers = [];
    private Radio? _radio;
    private Radio? _scanningOn;
    private int _pauses;
    private int _listeners;
    private volatile bool _isOver;

    /// <summary>Whether the radio scans now; for tests.</summary>
    public bool IsScanning => _scanningOn is not null;

    /// <summary>Takes another radio; null when there is none. Readers stay.</summary>
    public void Use(Radio? radio)
    {
        Radio? before = _radio;
        if (before is not null)
        {
            before.Objects.Changed -= Hear;
        }

        _radio = radio;
        if (radio is not null)
        {
            radio.Objects.Changed += Hear;
        }

        _ = ReconcileAsync();
    }

    /// <summary>Advertisements until cancelled.</summary>
    public async IAsyncEnumerable<Advertisement> ReadAsync(ScanFilter filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var channel = Channel.CreateBounded<Advertisement>(
            new BoundedChannelOptions(BlueZOptions.MaxWaitingAdvertisements) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        (ScanFilter, Channel<Advertisement>) reader = (filter, channel);
        lock (_gate)
        {
            _readers.Add(reader);
        }

        try
        {
            _ = ReconcileAsync();
            await foreach (Advertisement advertisement in channel.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                yield return advertisement;
            }
        }
        finally
        {
            lock (_gate)
            {
                _readers.Remove(reader);
            }

            _ = ReconcileAsync();
        }
    }

    /// <summary>Ends all reading.</summary>
    public void Dispose()
    {
        _isOver = true;
        lock (_gate)
        {
            _readers.ForEach(reader => reader.Channel.Writer.TryComplete());
        }
    }

    /// <summary>Has the radio scan until the result is disposed, for the objects that BlueZ makes of what it hears.</summary>
    public IDisposable Listen()
    {
        var listening = new Held(this, () => _listeners++, () => _listeners--);
        _ = ReconcileAsync();
        return listening;
    }

    /// <summary>Stops scanning until the result is disposed; complete when it has stopped.</summary>
    public async Task<IDisposable> PauseAsync()
    {
        var pause = new Held(this, () => _pauses++, () => _pauses--);
        await ReconcileAsync().ConfigureAwait(false);
        return pause;
    }

    private void Hear(ObjectChange change)
    {
        // What BlueZ remembers of a device that is not heard now tells no signal strength; names and services also change by connecting.
        bool isHeard = change.Interface == BlueZNames.Device && change.Kind != ObjectChangeKind.Removed
            && (change.Properties.ContainsKey("RSSI") || (change.Kind == ObjectChangeKind.Changed
                && (change.Properties.ContainsKey("ServiceData") || change.Properties.ContainsKey("ManufacturerData"))));
        if (!isHeard || _radio is not { } radio || !change.Path.StartsWith(radio.AdapterPath + "/", StringComparison.Ordinal)
            || radio.Objects.Find(change.Path, BlueZNames.Device) is not { } device
            || AdvertisementReader.Read(device, time.GetLocalNow()) is not { } advertisement)
        {
            return;
        }

        lock (_gate)
        {
            foreach ((ScanFilter filter, Channel<Advertisement> channel) in _readers)
            {
                if (filter.Fits(advertisement))
                {
                    channel.Writer.TryWrite(advertisement);
                }
            }
        }
    }

    private async Task ReconcileAsync()
    {
        TimeSpan wait = options.RetryFirst;
        while (!_isOver)
        {
            await _reconciling.WaitAsync().ConfigureAwait(false);
            try
            {
                await ReconcileOnceAsync().ConfigureAwait(false);
                return;
            }
            catch (PeripheralException error)
            {
                logger.LogInformation("Scanning could not be changed, and is tried again: {Error}", error.Message);
            }
            finally
            {
                _reconciling.Release();
            }

            if (_radio is not { } radio)
            {
                return;
            }

            // The radio's end brings a call of its own.
            await Task.Delay(wait, time, radio.Gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait = wait * 2 < options.RetryLongest ? wait * 2 : options.RetryLongest;
        }
    }

    private async Task ReconcileOnceAsync()
    {
        Radio? radio = _radio is { Gone.IsCancellationRequested: false } ready ? ready : null;
        bool isWanted;
        lock (_gate)
        {
            isWanted = _readers.Count + _listeners > 0 && _pauses == 0;
        }

        if (_scanningOn is not null && _scanningOn != radio)
        {
            _scanningOn = null;
        }

        if (radio is null || isWanted == (_scanningOn is not null))
        {
            return;
        }

        if (!isWanted)
        {
            _scanningOn = null;
            await radio.CallAsync(radio.AdapterPath, BlueZNames.Adapter, "StopDiscovery", "Stopping the scan", CancellationToken.None)
                .ConfigureAwait(false);
            return;
        }

        await radio.CallAsync(
            radio.AdapterPath, BlueZNames.Adapter, "SetDiscoveryFilter", "Setting the scan's filter", CancellationToken.None, null, "a{sv}", Filter)
            .ConfigureAwait(false);
        try
        {
            await radio.CallAsync(radio.AdapterPath, BlueZNames.Adapter, "StartDiscovery", "Starting the scan", CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (PeripheralException error) when (error.Fault == PeripheralFault.InProgress
            && radio.Objects.Get<bool>(radio.AdapterPath, BlueZNames.Adapter, "Discovering"))
        {
            logger.LogDebug("BlueZ scans for the hub already, as after an answer that came late.");
        }

        _scanningOn = radio;
    }

    /// <summary>Holds something of the scanner until it is disposed.</summary>
    private sealed class Held : IDisposable
    {
        private readonly Scanner _scanner;
        private readonly Action _end;
        private int _isOver;

        public Held(Scanner scanner, Action begin, Action end)
        {
            (_scanner, _end) = (scanner, end);
            lock (scanner._gate)
            {
                begin();
            }
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
            {
                lock (_scanner._gate)
                {
                    _end();
                }

                _ = _scanner.ReconcileAsync();
            }
        }
    }
}
