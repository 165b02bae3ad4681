using HomeHub.DBus;

namespace HomeHub.Simulation.Bluetooth;

/// <content>What BlueZ is told of the device, and what it tells of links.</content>
public sealed partial class GattServerHost
{
    /// <summary>
    /// How long a bonded central that was subscribed before has to take up its subscriptions, before what waits is sent: BlueZ does not tell when it does.
    /// A read or write tells it too, as centrals subscribe first.
    /// </summary>
    public static readonly TimeSpan TakeUpLimit = TimeSpan.FromSeconds(5);

    private bool IsAdvertising
    {
        get
        {
            lock (_lock)
            {
                return _isAdvertising;
            }
        }
    }

    /// <summary>Does what is missing: adapter on, application, agent, advertisement.</summary>
    private async Task ApplyAsync(CancellationToken cancellation)
    {
        await _registering.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            (bool isRegistered, bool isAdvertising, int losses) = Now();
            if (!isRegistered)
            {
                await RegisterAsync(cancellation).ConfigureAwait(false);
                Note(losses, () => _isRegistered = true);
                await FindLinksAsync(cancellation).ConfigureAwait(false);
            }

            bool wants = _wantsAdvertising;
            if (wants != isAdvertising)
            {
                await CallAdvertisingAsync(wants, cancellation).ConfigureAwait(false);
                Note(losses, () => _isAdvertising = wants);
            }
        }
        catch (DBusException error) when (error.Name != DBusErrors.Disconnected)
        {
            // BlueZ or the adapter is away, or not ready yet: tried again.
            Troubled?.Invoke($"{error.Name}: {error.Message}");
        }
        finally
        {
            _registering.Release();
        }
    }

    private (bool IsRegistered, bool IsAdvertising, int Losses) Now()
    {
        lock (_lock)
        {
            return (_isRegistered, _isAdvertising, _losses);
        }
    }

    /// <summary>Notes what was done, unless BlueZ went meanwhile and took it along.</summary>
    private void Note(int losses, Action note)
    {
        lock (_lock)
        {
            if (losses == _losses)
            {
                note();
            }
        }
    }

    private async Task RegisterAsync(CancellationToken cancellation)
    {
        await _bus.CallAsync(Bluez, _adapter, Properties, "Set", "ssv", ["org.bluez.Adapter1", "Powered", true], null, cancellation).ConfigureAwait(false);
        if (_agent is not null)
        {
            var path = new DBusPath(_root + "/agent");
            await EnsureAsync("/org/bluez", "org.bluez.AgentManager1", "RegisterAgent", "os", [path, _agent.Capability], cancellation).ConfigureAwait(false);
            await _bus.CallAsync(Bluez, "/org/bluez", "org.bluez.AgentManager1", "RequestDefaultAgent", "o", [path], null, cancellation).ConfigureAwait(false);
            await _bus.CallAsync(Bluez, _adapter, Properties, "Set", "ssv", ["org.bluez.Adapter1", "Pairable", true], null, cancellation).ConfigureAwait(false);
        }

        object[] application = [new DBusPath(_root), new Dictionary<string, object>()];
        await EnsureAsync(_adapter, "org.bluez.GattManager1", "RegisterApplication", "oa{sv}", application, cancellation).ConfigureAwait(false);
    }

    private Task CallAdvertisingAsync(bool on, CancellationToken cancellation)
    {
        var path = new DBusPath(_root + "/advertisement");
        return on
            ? EnsureAsync(
                _adapter, "org.bluez.LEAdvertisingManager1", "RegisterAdvertisement", "oa{sv}", [path, new Dictionary<string, object>()], cancellation)
            : EnsureAsync(_adapter, "org.bluez.LEAdvertisingManager1", "UnregisterAdvertisement", "o", [path], cancellation);
    }

    /// <summary>Calls for something to be so; that it is so already is as good. An adapter that was switched off keeps what was registered.</summary>
    private async Task EnsureAsync(string path, string @interface, string member, string signature, object[] arguments, CancellationToken cancellation)
    {
        try
        {
            await _bus.CallAsync(Bluez, path, @interface, member, signature, arguments, null, cancellation).ConfigureAwait(false);
        }
        catch (DBusException error) when (error.Name is "org.bluez.Error.AlreadyExists" or "org.bluez.Error.DoesNotExist")
        {
            // It is as it should be.
        }
    }

    /// <summary>Links that were there before anybody listened.</summary>
    private async Task FindLinksAsync(CancellationToken cancellation)
    {
        object[] answer = await _bus.CallAsync(Bluez, "/", ObjectManager, "GetManagedObjects", null, cancellation).ConfigureAwait(false);
        foreach ((DBusPath path, object interfaces) in (Dictionary<DBusPath, object>)answer[0])
        {
            if (path.Value.StartsWith(_adapter + "/", StringComparison.Ordinal) && IsConnected((Dictionary<string, object>)interfaces))
            {
                OnLink(path.Value, true);
            }
        }
    }

    private static bool IsConnected(Dictionary<string, object> interfaces) =>
        (interfaces.GetValueOrDefault("org.bluez.Device1") as Dictionary<string, object>)?.GetValueOrDefault("Connected") is true;

    private void OnProperties(DBusSignal signal)
    {
        if (signal.Arguments is [string @interface, Dictionary<string, object> changed, ..])
        {
            if (@interface == "org.bluez.Device1" && changed.GetValueOrDefault("Connected") is bool isConnected)
            {
                OnLink(signal.Path, isConnected);
            }
            else if (@interface == "org.bluez.Adapter1" && changed.GetValueOrDefault("Powered") is false)
            {
                Lose(knowsSubscriptions: true);
            }
        }
    }

    private void OnObjects(DBusSignal signal)
    {
        switch (signal.Member, signal.Arguments)
        {
            case ("InterfacesAdded", [DBusPath path, Dictionary<string, object> interfaces])
                when path.Value.StartsWith(_adapter + "/", StringComparison.Ordinal) && IsConnected(interfaces):
                OnLink(path.Value, true);
                break;
            case ("InterfacesRemoved", [DBusPath path, string[] interfaces]) when path.Value == _adapter && interfaces.Contains("org.bluez.GattManager1"):
                Lose(knowsSubscriptions: false);
                break;
            case ("InterfacesRemoved", [DBusPath path, string[] interfaces]) when interfaces.Contains("org.bluez.Device1"):
                OnLink(path.Value, false);
                break;
        }
    }

    private void OnLink(string device, bool isConnected)
    {
        if (isConnected && _connected.TryAdd(device, true))
        {
            var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Interlocked.Exchange(ref _asked, asked).TrySetCanceled();
            _model?.OnConnected();
            if (_characteristics.Values.Any(characteristic => characteristic.IsNotifying))
            {
                _ = TakeUpAsync(asked.Task);
            }
        }
        else if (!isConnected && _connected.TryRemove(device, out _) && _connected.IsEmpty)
        {
            Volatile.Read(ref _asked).TrySetCanceled();
            foreach (GattObject characteristic in _characteristics.Values)
            {
                characteristic.OnDisconnected();
            }

            _model?.OnDisconnected();
        }
    }

    private void OnAsked() => Volatile.Read(ref _asked).TrySetResult();

    /// <summary>A bonded central is back: its subscriptions hold, once it listens again.</summary>
    private async Task TakeUpAsync(Task asked)
    {
        try
        {
            await asked.WaitAsync(TakeUpLimit, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It has nothing to ask, and has had the time to subscribe.
        }
        catch (OperationCanceledException)
        {
            return;
        }

        foreach (GattObject characteristic in _characteristics.Values.Where(characteristic => characteristic.IsNotifying))
        {
            _model?.Subscribe(characteristic.Characteristic, true);
        }
    }

    /// <summary>BlueZ or the adapter is gone, and with it every registration and link; an adapter that is only switched off still knows who was subscribed.</summary>
    private void Lose(bool knowsSubscriptions)
    {
        lock (_lock)
        {
            _losses++;
            _isRegistered = _isAdvertising = false;
        }

        foreach (GattObject characteristic in knowsSubscriptions ? [] : _characteristics.Values)
        {
            characteristic.OnLost();
        }

        foreach (string device in _connected.Keys)
        {
            OnLink(device, false);
        }
    }
}
