using System.Collections.Concurrent;
using HomeHub.DBus;

namespace HomeHub.Network.Avahi;

/// <summary>What Avahi's signals told last over one connection; wakes whoever waits for news.</summary>
internal sealed class AvahiSignals : IAsyncDisposable
{
    private readonly SemaphoreSlim _news = new(0);
    private readonly ConcurrentDictionary<string, int> _groups = new();
    private readonly List<IAsyncDisposable> _subscriptions = [];
    private readonly TimeProvider _time;
    private volatile string? _owner;

    private AvahiSignals(TimeProvider time) => _time = time;

    /// <summary>Unique name of the Avahi that runs; null while none does.</summary>
    public string? Owner => _owner;

    /// <summary>How often the server told that its state changed: what was told before counts no more.</summary>
    public int ServerChanges { get; private set; }

    public static async Task<AvahiSignals> OpenAsync(DBusConnection connection, TimeProvider time, CancellationToken cancellation)
    {
        var signals = new AvahiSignals(time);
        signals._subscriptions.Add(await connection.SubscribeAsync(
            new DBusMatch { Sender = AvahiNames.Service, Interface = AvahiNames.EntryGroup, Member = "StateChanged" }, signals.TakeGroup, cancellation).ConfigureAwait(false));
        signals._subscriptions.Add(await connection.SubscribeAsync(
            new DBusMatch { Sender = AvahiNames.Service, Interface = AvahiNames.Server, Member = "StateChanged" }, signals.TakeServer, cancellation).ConfigureAwait(false));
        signals._subscriptions.Add(await connection.WatchNameAsync(AvahiNames.Service, signals.TakeOwner, cancellation).ConfigureAwait(false));
        _ = signals.WakeWhenClosedAsync(connection);
        return signals;
    }

    /// <summary>What a group told of itself; null: nothing.</summary>
    public int? StateOf(AvahiGroup group) => _groups.TryGetValue(group.Path, out int state) ? state : null;

    /// <summary>Forgets a group.</summary>
    public void Forget(AvahiGroup group) => _groups.TryRemove(group.Path, out _);

    /// <summary>Waits for news, or until a limit has passed.</summary>
    public async Task WaitAsync(TimeSpan limit, CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(limit, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            await _news.WaitAsync(both.Token).ConfigureAwait(false);
            while (_news.Wait(0, CancellationToken.None))
            {
                // Several pieces of news are one look.
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The limit: look again.
        }
    }

    /// <summary>Lets go of the signals. The semaphore stays: the connection's end may still wake it.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable subscription in _subscriptions)
        {
            try
            {
                await subscription.DisposeAsync().ConfigureAwait(false);
            }
            catch (DBusException)
            {
                // Gone with the bus.
            }
        }
    }

    private void TakeGroup(DBusSignal signal)
    {
        if (signal.Arguments is [int state, ..])
        {
            _groups[signal.Path] = state;
            _news.Release();
        }
    }

    private void TakeServer(DBusSignal signal)
    {
        ServerChanges++;
        _news.Release();
    }

    private void TakeOwner(string? owner)
    {
        if (owner != _owner)
        {
            _owner = owner;
            _groups.Clear();
            _news.Release();
        }
    }

    private async Task WakeWhenClosedAsync(DBusConnection connection)
    {
        await connection.Closed.ConfigureAwait(false);
        _news.Release();
    }
}
