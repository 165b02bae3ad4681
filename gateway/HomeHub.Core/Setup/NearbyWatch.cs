using HomeHub.Core.Peripherals;
using HomeHub.Profiles.Catalogue;

namespace HomeHub.Core.Setup;

/// <summary>
/// What is near, for as long as somebody looks: it listens from the first look on, beside whatever else uses the radio, and stops by itself. The same list for
/// everybody who looks. Safe for several threads.
/// </summary>
/// <param name="central">The radio.</param>
/// <param name="models">The device models that are known.</param>
/// <param name="time">The clock.</param>
public sealed class NearbyWatch(ICentral central, DeviceCatalogue models, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How long it listens after the last look.</summary>
    public static readonly TimeSpan KeepsListening = TimeSpan.FromSeconds(30);

    /// <summary>How long a device that is silent stays in the list: many are heard for seconds, after a measurement.</summary>
    public static readonly TimeSpan ShowsFor = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private readonly NearbyDevices _nearby = new(time);
    private readonly ScanFilter _filter = models.Filter(NearbyDevices.HealthServices);
    private CancellationTokenSource? _limit;
    private Task _listening = Task.CompletedTask;
    private bool _isDisposed;

    /// <summary>Whether it listens now.</summary>
    public bool IsListening
    {
        get
        {
            lock (_lock)
            {
                return !_listening.IsCompleted;
            }
        }
    }

    /// <summary>What is near, the nearest first; listens on.</summary>
    public IReadOnlyList<NearbyDevice> Look()
    {
        lock (_lock)
        {
            ListenOn();
            return
            [
                .. _nearby.ByDistance().Select(heard => new NearbyDevice(heard, models.Find(heard), _nearby.SilentFor(heard))).Where(device => device.SilentFor <= ShowsFor),
            ];
        }
    }

    /// <summary>What a device advertised while somebody looked; null: it was not heard. Does not listen on for that.</summary>
    public Advertisement? Find(string address)
    {
        lock (_lock)
        {
            return _nearby.Find(address);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task listening;
        lock (_lock)
        {
            _isDisposed = true;
            _limit?.Cancel();
            listening = _listening;
        }

        await listening.ConfigureAwait(false);
        _limit?.Dispose();
    }

    /// <summary>Within the lock.</summary>
    private void ListenOn()
    {
        if (_isDisposed)
        {
            return;
        }

        if (!_listening.IsCompleted && _limit is { IsCancellationRequested: false })
        {
            _limit.CancelAfter(KeepsListening);
            return;
        }

        // One that is just ending disposes nothing that the next one uses.
        var limit = new CancellationTokenSource(KeepsListening, time);
        _limit = limit;
        _listening = Task.Run(() => ListenAsync(limit.Token), CancellationToken.None);
    }

    private async Task ListenAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (Advertisement heard in central.ScanAsync(_filter, cancellation).ConfigureAwait(false))
            {
                lock (_lock)
                {
                    _nearby.Take(heard);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
        catch (PeripheralException)
        {
            // The radio's state says what is wrong with it; the next look listens again.
        }
    }
}
