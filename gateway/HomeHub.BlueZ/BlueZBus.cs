using HomeHub.DBus;

namespace HomeHub.BlueZ;

/// <summary>One connection to the bus, with BlueZ's objects as its signals tell them.</summary>
internal sealed class BlueZBus : IAsyncDisposable
{
    private readonly SemaphoreSlim _woken = new(0);
    private readonly TimeProvider _time;
    private readonly List<IAsyncDisposable> _subscriptions = [];
    private volatile string? _owner;

    private BlueZBus(DBusConnection connection, TimeProvider time)
    {
        Connection = connection;
        _time = time;
        _ = WakeWhenClosedAsync();
    }

    public DBusConnection Connection { get; }

    public ObjectCache Objects { get; } = new();

    /// <summary>Unique name of the Bluetooth service; null while it does not run.</summary>
    public string? Owner => _owner;

    /// <summary>Raised on the bus's thread when a link went: the peripheral's object, BlueZ's reason (5.81 and later tell it).</summary>
    public event Action<string, string>? LinkWent;

    /// <summary>Raised on the bus's thread when the service came, went or was restarted.</summary>
    public event Action? OwnerChanged;

    /// <summary>Connects and takes BlueZ's signals.</summary>
    /// <exception cref="DBusException">The bus can't be reached.</exception>
    public static async Task<BlueZBus> OpenAsync(BlueZOptions options, TimeProvider time, CancellationToken cancellation)
    {
        DBusConnection connection = await DBusConnection.OpenAsync(options.BusAddress, time, cancellation).ConfigureAwait(false);
        var bus = new BlueZBus(connection, time);
        try
        {
            await bus.SubscribeAsync(cancellation).ConfigureAwait(false);
            return bus;
        }
        catch
        {
            await bus.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Loads all objects anew.</summary>
    public async Task LoadAsync(TimeSpan limit, CancellationToken cancellation)
    {
        Objects.BeginLoad();
        try
        {
            object[] answer = await Connection
                .CallAsync(BlueZNames.Service, "/", BlueZNames.ObjectManager, "GetManagedObjects", "", [], limit, cancellation)
                .ConfigureAwait(false);
            Objects.EndLoad(answer);
        }
        catch
        {
            Objects.Clear();
            throw;
        }
    }

    /// <summary>Has <see cref="WaitAsync"/> return.</summary>
    public void Wake() => _woken.Release();

    /// <summary>Waits until something changed that the radio's readiness may hang on, or <paramref name="limit"/> passed.</summary>
    public async Task WaitAsync(TimeSpan limit, CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(limit, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            await _woken.WaitAsync(both.Token).ConfigureAwait(false);
            while (_woken.Wait(0, CancellationToken.None))
            {
                // Several wakes are one look.
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The limit: look again.
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable subscription in _subscriptions)
        {
            await subscription.DisposeAsync().ConfigureAwait(false);
        }

        await Connection.DisposeAsync().ConfigureAwait(false);
    }

    private async Task SubscribeAsync(CancellationToken cancellation)
    {
        await TakeAsync(BlueZNames.ObjectManager, null, null).ConfigureAwait(false);
        await TakeAsync(BlueZNames.Properties, "PropertiesChanged", "/org/bluez").ConfigureAwait(false);
        _subscriptions.Add(await Connection.SubscribeAsync(
            new DBusMatch { Sender = BlueZNames.Service, Interface = BlueZNames.Device, Member = "Disconnected" },
            TakeReason,
            cancellation).ConfigureAwait(false));
        _subscriptions.Add(await Connection.WatchNameAsync(BlueZNames.Service, TakeOwner, cancellation).ConfigureAwait(false));

        async Task TakeAsync(string @interface, string? member, string? below) => _subscriptions.Add(await Connection.SubscribeAsync(
            new DBusMatch { Sender = BlueZNames.Service, Interface = @interface, Member = member, PathNamespace = below },
            Objects.Take,
            cancellation).ConfigureAwait(false));
    }

    private void TakeReason(DBusSignal signal)
    {
        if (signal.Arguments is [string reason, ..])
        {
            LinkWent?.Invoke(signal.Path, reason);
        }
    }

    private void TakeOwner(string? owner)
    {
        if (owner != _owner)
        {
            _owner = owner;
            OwnerChanged?.Invoke();
            Wake();
        }
    }

    private async Task WakeWhenClosedAsync()
    {
        await Connection.Closed.ConfigureAwait(false);
        Wake();
    }
}
