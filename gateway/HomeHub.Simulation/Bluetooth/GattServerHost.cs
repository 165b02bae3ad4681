using System.Collections.Concurrent;
using System.Globalization;
using HomeHub.DBus;
using HomeHub.Simulation.Devices;

namespace HomeHub.Simulation.Bluetooth;

/// <summary>
/// Carries a simulated device as a real Bluetooth LE peripheral over an adapter, by BlueZ's GATT server and advertising interfaces (BlueZ
/// doc/gatt-api.txt, doc/advertising-api.txt). Registers again whenever BlueZ or the adapter comes back.
/// </summary>
public sealed class GattServerHost : IDeviceHost, IAsyncDisposable
{
    /// <summary>Longest wait for the confirmation of an indication (Core Specification Vol 3 Part F 3.3.3: 30 seconds).</summary>
    public static readonly TimeSpan ConfirmLimit = TimeSpan.FromSeconds(30);

    private const string Bluez = "org.bluez";
    private const string Properties = "org.freedesktop.DBus.Properties";
    private const string ObjectManager = "org.freedesktop.DBus.ObjectManager";
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(500);

    private readonly DBusConnection _bus;
    private readonly string _adapter;
    private readonly TimeProvider _time;
    private readonly string _root;
    private readonly ConcurrentDictionary<string, GattObject> _characteristics = new();
    private readonly ConcurrentDictionary<string, bool> _connected = new();
    private readonly SemaphoreSlim _registering = new(1);
    private readonly CancellationTokenSource _stop = new();
    private DeviceModel? _model;
    private SimulatedAgent? _agent;
    private bool _wantsAdvertising;
    private bool _isRegistered, _isAdvertising;
    private volatile bool _isThere;

    /// <summary>Creates the host.</summary>
    /// <param name="bus">Connection to the bus of BlueZ.</param>
    /// <param name="adapter">Name of the adapter, <c>hci1</c>.</param>
    /// <param name="time">The clock.</param>
    public GattServerHost(DBusConnection bus, string adapter, TimeProvider time)
    {
        _bus = bus;
        _adapter = $"/org/bluez/{adapter}";
        _time = time;
        _root = $"/org/homehub/sim/{adapter}";
    }

    /// <summary>Raised when the host could not do something and tries again; the text says what.</summary>
    public event Action<string>? Troubled;

    /// <summary>Shows the device and keeps it shown. With <paramref name="agent"/> the device also answers pairings.</summary>
    public async Task StartAsync(DeviceModel model, SimulatedAgent? agent, CancellationToken cancellation)
    {
        _model = model;
        _agent = agent;
        await ShowAsync(model).ConfigureAwait(false);
        if (agent is not null)
        {
            await _bus.ExportAsync(agent.ToObject(_root + "/agent")).ConfigureAwait(false);
        }

        await _bus.SubscribeAsync(
            new DBusMatch { Sender = Bluez, PathNamespace = _adapter, Interface = Properties, Member = "PropertiesChanged" }, OnProperties, cancellation)
            .ConfigureAwait(false);
        await _bus.SubscribeAsync(new DBusMatch { Sender = Bluez, Interface = ObjectManager }, OnObjects, cancellation).ConfigureAwait(false);
        await _bus.WatchNameAsync(Bluez, owner => Lose(), cancellation).ConfigureAwait(false);
    }

    /// <summary>Keeps registered and advertising until cancelled.</summary>
    public async Task KeepAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await ApplyAsync(cancellation).ConfigureAwait(false);
            await Task.Delay(RetryInterval, _time, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task AdvertiseAsync(bool on, CancellationToken cancellation)
    {
        _wantsAdvertising = on;
        await ApplyAsync(cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<bool> SendAsync(ModelCharacteristic characteristic, byte[] octets, CancellationToken cancellation)
    {
        GattObject target = _characteristics.Values.First(other => other.Characteristic == characteristic);
        if (_connected.IsEmpty || !target.IsNotifying)
        {
            return false;
        }

        Task confirmed = target.Send(octets);
        await _bus.EmitPropertiesChangedAsync(target.Path, GattObject.Interface, "Value").ConfigureAwait(false);
        try
        {
            await confirmed.WaitAsync(ConfirmLimit, _time, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task DisconnectAsync(CancellationToken cancellation)
    {
        foreach (string device in _connected.Keys)
        {
            await TryAsync("cut the link", () => _bus.CallAsync(Bluez, device, "org.bluez.Device1", "Disconnect", null, cancellation)).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task ForgetBondsAsync(CancellationToken cancellation)
    {
        object[] answer = await _bus.CallAsync(Bluez, "/", ObjectManager, "GetManagedObjects", null, cancellation).ConfigureAwait(false);
        foreach ((DBusPath path, object interfaces) in (Dictionary<DBusPath, object>)answer[0])
        {
            if (path.Value.StartsWith(_adapter + "/dev_", StringComparison.Ordinal) && ((Dictionary<string, object>)interfaces).ContainsKey("org.bluez.Device1"))
            {
                await TryAsync("forget a bond", () => _bus.CallAsync(Bluez, _adapter, "org.bluez.Adapter1", "RemoveDevice", "o", [path], null, cancellation))
                    .ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _wantsAdvertising = false;
        if (!_bus.Closed.IsCompleted && _isThere)
        {
            await ApplyAsync(CancellationToken.None).ConfigureAwait(false);
        }

        _registering.Dispose();
        _stop.Dispose();
    }

    private async Task ShowAsync(DeviceModel model)
    {
        await _bus.ExportAsync(new DBusObject(_root) { IsManager = true }).ConfigureAwait(false);
        int serviceNumber = 0;
        foreach (IGrouping<ushort, ModelCharacteristic> service in model.Characteristics.GroupBy(characteristic => characteristic.Service))
        {
            string path = string.Create(CultureInfo.InvariantCulture, $"{_root}/service{serviceNumber++}");
            await _bus.ExportAsync(GattObject.Service(path, service.Key)).ConfigureAwait(false);
            int number = 0;
            foreach (ModelCharacteristic characteristic in service)
            {
                var shown = new GattObject(string.Create(CultureInfo.InvariantCulture, $"{path}/char{number++}"), path, characteristic, model);
                _characteristics[shown.Path] = shown;
                await _bus.ExportAsync(shown.ToObject()).ConfigureAwait(false);
            }
        }

        await _bus.ExportAsync(AdvertisementObject.Create(_root + "/advertisement", model)).ConfigureAwait(false);
    }

    /// <summary>Does what is missing: adapter on, application, agent, advertisement.</summary>
    private async Task ApplyAsync(CancellationToken cancellation)
    {
        await _registering.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (!_isRegistered)
            {
                await RegisterAsync(cancellation).ConfigureAwait(false);
                _isRegistered = _isThere = true;
            }

            if (_wantsAdvertising != _isAdvertising)
            {
                object[] arguments = _wantsAdvertising ? [new DBusPath(_root + "/advertisement"), new Dictionary<string, object>()] : [new DBusPath(_root + "/advertisement")];
                await _bus.CallAsync(
                    Bluez,
                    _adapter,
                    "org.bluez.LEAdvertisingManager1",
                    _wantsAdvertising ? "RegisterAdvertisement" : "UnregisterAdvertisement",
                    _wantsAdvertising ? "oa{sv}" : "o",
                    arguments,
                    null,
                    cancellation).ConfigureAwait(false);
                _isAdvertising = _wantsAdvertising;
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

    private async Task RegisterAsync(CancellationToken cancellation)
    {
        await _bus.CallAsync(Bluez, _adapter, Properties, "Set", "ssv", ["org.bluez.Adapter1", "Powered", true], null, cancellation).ConfigureAwait(false);
        if (_agent is not null)
        {
            var path = new DBusPath(_root + "/agent");
            await _bus.CallAsync(Bluez, "/org/bluez", "org.bluez.AgentManager1", "RegisterAgent", "os", [path, _agent.Capability], null, cancellation)
                .ConfigureAwait(false);
            await _bus.CallAsync(Bluez, "/org/bluez", "org.bluez.AgentManager1", "RequestDefaultAgent", "o", [path], null, cancellation).ConfigureAwait(false);
            await _bus.CallAsync(Bluez, _adapter, Properties, "Set", "ssv", ["org.bluez.Adapter1", "Pairable", true], null, cancellation).ConfigureAwait(false);
        }

        await _bus.CallAsync(
            Bluez, _adapter, "org.bluez.GattManager1", "RegisterApplication", "oa{sv}", [new DBusPath(_root), new Dictionary<string, object>()], null, cancellation)
            .ConfigureAwait(false);
    }

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
                Lose();
            }
        }
    }

    private void OnObjects(DBusSignal signal)
    {
        switch (signal.Member, signal.Arguments)
        {
            case ("InterfacesAdded", [DBusPath path, Dictionary<string, object> interfaces])
                when path.Value.StartsWith(_adapter + "/", StringComparison.Ordinal)
                && (interfaces.GetValueOrDefault("org.bluez.Device1") as Dictionary<string, object>)?.GetValueOrDefault("Connected") is true:
                OnLink(path.Value, true);
                break;
            case ("InterfacesRemoved", [DBusPath path, string[] interfaces]) when path.Value.StartsWith(_adapter, StringComparison.Ordinal):
                if (path.Value == _adapter && interfaces.Contains("org.bluez.GattManager1"))
                {
                    Lose();
                }
                else if (interfaces.Contains("org.bluez.Device1"))
                {
                    OnLink(path.Value, false);
                }

                break;
        }
    }

    private void OnLink(string device, bool isConnected)
    {
        if (isConnected && _connected.TryAdd(device, true))
        {
            _model?.OnConnected();
        }
        else if (!isConnected && _connected.TryRemove(device, out _))
        {
            foreach (GattObject characteristic in _characteristics.Values)
            {
                characteristic.OnDisconnected();
            }

            _model?.OnDisconnected();
        }
    }

    /// <summary>BlueZ or the adapter is gone, and with it every registration and link.</summary>
    private void Lose()
    {
        _isRegistered = _isAdvertising = _isThere = false;
        foreach (string device in _connected.Keys)
        {
            OnLink(device, false);
        }
    }

    private async Task TryAsync(string what, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (DBusException error)
        {
            Troubled?.Invoke($"Could not {what}: {error.Name}: {error.Message}");
        }
    }
}
