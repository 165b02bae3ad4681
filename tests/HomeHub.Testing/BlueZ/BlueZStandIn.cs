using System.Collections.Concurrent;
using HomeHub.DBus;
using HomeHub.Profiles;

namespace HomeHub.Testing.BlueZ;

/// <summary>
/// Owns <c>org.bluez</c> on a private bus, as bluetoothd does, with devices that do as they are told. Each method can be made slow, wrong or mute.
/// </summary>
public sealed partial class BlueZStandIn : IAsyncDisposable
{
    public const string Service = "org.bluez";
    public const string AdapterPath = "/org/bluez/hci0";
    public const string AdapterAddress = "00:11:22:33:44:55";

    private const string Device1 = "org.bluez.Device1";
    private const string Adapter1 = "org.bluez.Adapter1";
    private const string Characteristic1 = "org.bluez.GattCharacteristic1";

    private readonly string _address;
    private readonly ConcurrentDictionary<string, StandInDevice> _devices = new();
    private readonly ConcurrentDictionary<string, IAsyncDisposable> _shown = new();
    private readonly ConcurrentDictionary<string, Func<DBusCall, Task<IReadOnlyList<object>?>>> _scripts = new();
    private DBusConnection? _connection;
    private (string Owner, DBusPath Path)? _agent;

    private BlueZStandIn(string address) => _address = address;

    /// <summary>Whether somebody scans.</summary>
    public bool IsScanning { get; private set; }

    /// <summary>Whether the adapter is powered.</summary>
    public bool IsPowered { get; set; } = true;

    /// <summary>Whether a signal tells that a device is connected; BlueZ since 5.66 mostly leaves it at the answer to Connect.</summary>
    public bool TellsConnected { get; set; } = true;

    /// <summary>What setting Powered answers; null: it works.</summary>
    public DBusException? PowerError { get; set; }

    /// <summary>Raised when a device has paired, before Pair is answered.</summary>
    public event Action? Paired;

    /// <summary>Raised when a link goes as the keys of its bond don't fit, which the kernel tells too.</summary>
    public event Action<StandInDevice>? EncryptionFailed;

    /// <summary>Names of methods in the order of calls, for those of characteristics with its UUID: <c>ReadValue 2A49</c>.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Whether an agent is registered as the default one.</summary>
    public bool HasDefaultAgent { get; private set; }

    /// <summary>Time from the receipt of calls to their answers, summed.</summary>
    public TimeSpan Busy => TimeSpan.FromTicks(Interlocked.Read(ref _busyTicks));

    private long _busyTicks;

    /// <summary>Starts it.</summary>
    public static async Task<BlueZStandIn> StartAsync(string address, bool withAdapter = true)
    {
        var standIn = new BlueZStandIn(address);
        await standIn.StartAgainAsync(withAdapter);
        return standIn;
    }

    /// <summary>Starts it again, as systemd does: devices that are paired are remembered, nothing is connected, nobody scans.</summary>
    public async Task StartAgainAsync(bool withAdapter = true)
    {
        _connection = await DBusConnection.OpenAsync(_address, TimeProvider.System, CancellationToken.None);
        await ShowAsync(new DBusObject("/") { IsManager = true });
        await ShowAsync(new DBusObject("/org/bluez", new DBusInterface("org.bluez.AgentManager1")
        {
            Methods =
            [
                Method("RegisterAgent", "os", "", call => Agent(call)),
                Method("RequestDefaultAgent", "o", "", _ => { HasDefaultAgent = true; return []; }),
                Method("UnregisterAgent", "o", "", _ => []),
            ],
        }));
        if (withAdapter)
        {
            await AddAdapterAsync();
        }

        await _connection.RequestNameAsync(Service);
    }

    /// <summary>Goes away as in a crash.</summary>
    public async Task StopAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            _shown.Clear();
            Forget();
            await connection.DisposeAsync();
        }
    }

    /// <summary>Plugs the adapter in.</summary>
    public async Task AddAdapterAsync()
    {
        await ShowAsync(new DBusObject(AdapterPath, new DBusInterface(Adapter1)
        {
            Methods =
            [
                Method("SetDiscoveryFilter", "a{sv}", "", _ => []),
                Method("StartDiscovery", "", "", _ => { IsScanning = true; return []; }),
                Method("StopDiscovery", "", "", _ => { IsScanning = false; return []; }),
                AsyncMethod("RemoveDevice", "o", "", async call => { await RemoveDeviceAsync(((DBusPath)call.Arguments[0]).Value); return []; }),
            ],
            Properties =
            [
                new("Address", "s", () => AdapterAddress),
                new("Powered", "b", () => IsPowered, Power),
                new("Discovering", "b", () => IsScanning),
            ],
        }));
        foreach (StandInDevice device in _devices.Values.Where(device => device.IsPaired))
        {
            await ShowDeviceAsync(device);
        }
    }

    /// <summary>Pulls the adapter out.</summary>
    public async Task RemoveAdapterAsync()
    {
        foreach (string path in _shown.Keys.Where(path => path.StartsWith(AdapterPath, StringComparison.Ordinal)).OrderDescending())
        {
            await HideAsync(path);
        }

        Forget();
    }

    /// <summary>Has a device advertise.</summary>
    public async Task AdvertiseAsync(StandInDevice device, short rssi = -60)
    {
        _devices[PathOf(device)] = device;
        device.Rssi = rssi;
        if (_shown.ContainsKey(PathOf(device)))
        {
            string[] told = device.ServiceData is null ? ["RSSI"] : ["RSSI", "ServiceData"];
            await _connection!.EmitPropertiesChangedAsync(PathOf(device), Device1, told);
        }
        else
        {
            await ShowDeviceAsync(device);
        }
    }

    /// <summary>Shows a device that BlueZ remembers and nobody hears.</summary>
    public async Task RememberAsync(StandInDevice device)
    {
        _devices[PathOf(device)] = device;
        await ShowDeviceAsync(device);
    }

    /// <summary>Has a device notify.</summary>
    public Task NotifyAsync(StandInDevice device, StandInCharacteristic characteristic, byte[] octets)
    {
        characteristic.Value = octets;
        return _connection!.EmitPropertiesChangedAsync(PathOf(device, characteristic), Characteristic1, "Value");
    }

    /// <summary>Has a device's link go.</summary>
    public async Task DropAsync(StandInDevice device)
    {
        bool wasResolved = device.IsResolved;
        (device.IsConnected, device.IsResolved) = (false, false);
        await _connection!.EmitPropertiesChangedAsync(PathOf(device), Device1, "Connected", "ServicesResolved");
        if (wasResolved)
        {
            device.OnLink?.Invoke(false);
        }
    }

    /// <summary>Sends any signal.</summary>
    public Task EmitAsync(string path, string @interface, string member, string signature, params object[] arguments) =>
        _connection!.EmitAsync(path, @interface, member, signature, arguments);

    /// <summary>Answers a method so from now on; null from the script: as usual after all.</summary>
    public void Script(string method, Func<DBusCall, Task<IReadOnlyList<object>?>> script) => _scripts[method] = script;

    /// <summary>Answers a method with an error from now on.</summary>
    public void Fail(string method, string error, string message) => Script(method, _ => throw new DBusException(error, message));

    /// <summary>Does not answer a method any more.</summary>
    public void Mute(string method) => Script(method, _ => new TaskCompletionSource<IReadOnlyList<object>?>().Task);

    /// <summary>Answers a method as usual again.</summary>
    public void Unscript(string method) => _scripts.TryRemove(method, out _);

    /// <summary>A device tries to pair that nobody asked for; what the agent answered, null for consent.</summary>
    public async Task<string?> PairUninvitedAsync(StandInDevice device)
    {
        try
        {
            await AskAsync("RequestAuthorization", "o", new DBusPath(PathOf(device)));
            return null;
        }
        catch (DBusException error)
        {
            return error.Name;
        }
    }

    /// <summary>Path of a device's object.</summary>
    public static string PathOf(StandInDevice device) => $"{AdapterPath}/dev_{device.Address.Replace(':', '_')}";

    public async ValueTask DisposeAsync() => await StopAsync();

    private static string PathOf(StandInDevice device, StandInCharacteristic characteristic) =>
        $"{PathOf(device)}/service{NameOf(characteristic.Service)}/char{characteristic.Handle:x4}";

    private static string NameOf(BluetoothUuid service) => service.Short is { } value ? $"{value:x4}" : service.Value.ToString("N");

    private static string Uuid(BluetoothUuid uuid) => uuid.Value.ToString("D");

    private void Forget()
    {
        (_agent, HasDefaultAgent, IsScanning) = (null, false, false);
        foreach ((string path, StandInDevice device) in _devices)
        {
            (device.IsConnected, device.IsResolved, device.Rssi) = (false, false, null);
            if (!device.IsPaired)
            {
                _devices.TryRemove(path, out _);
            }
        }
    }

    private void Power(object value)
    {
        IsPowered = PowerError is { } error ? throw error : (bool)value;
        _ = _connection!.EmitPropertiesChangedAsync(AdapterPath, Adapter1, "Powered");
    }

    private IReadOnlyList<object> Agent(DBusCall call)
    {
        _agent = (call.Sender, (DBusPath)call.Arguments[0]);
        return [];
    }

    private Task<object[]> AskAsync(string member, string signature, params object[] arguments) => _agent is { } agent
        ? _connection!.CallAsync(agent.Owner, agent.Path.Value, "org.bluez.Agent1", member, signature, arguments)
        : throw new DBusException("org.bluez.Error.AgentNotAvailable", "Agent Not Available");

    private async Task ShowAsync(DBusObject shown) => _shown[shown.Path] = await _connection!.ExportAsync(shown);

    private async Task HideAsync(string path)
    {
        if (_shown.TryRemove(path, out IAsyncDisposable? shown))
        {
            await shown.DisposeAsync();
        }
    }

    private async Task RemoveDeviceAsync(string path)
    {
        if (!_devices.TryRemove(path, out StandInDevice? device))
        {
            throw new DBusException("org.bluez.Error.DoesNotExist", "Does Not Exist");
        }

        bool wasResolved = device.IsResolved;
        (device.IsPaired, device.IsTrusted, device.IsConnected, device.IsResolved, device.DropsAtEncryption) = (false, false, false, false, false);
        foreach (StandInCharacteristic characteristic in device.Characteristics)
        {
            characteristic.IsNotifying = false;
        }

        if (wasResolved)
        {
            device.OnLink?.Invoke(false);
        }

        foreach (string below in _shown.Keys.Where(shown => shown.StartsWith(path, StringComparison.Ordinal)).OrderDescending())
        {
            await HideAsync(below);
        }
    }

    private DBusMethod Method(string name, string takes, string gives, Func<DBusCall, IReadOnlyList<object>> usual) =>
        AsyncMethod(name, takes, gives, call => Task.FromResult(usual(call)));

    private DBusMethod AsyncMethod(
        string name, string takes, string gives, Func<DBusCall, Task<IReadOnlyList<object>>> usual, StandInCharacteristic? of = null) => new(name, takes, gives, async call =>
    {
        Calls.Enqueue(of is null ? name : $"{name} {of.Uuid}");
        long began = TimeProvider.System.GetTimestamp();
        try
        {
            return (_scripts.TryGetValue(name, out var script) ? await script(call) : null) ?? await usual(call);
        }
        finally
        {
            Interlocked.Add(ref _busyTicks, TimeProvider.System.GetElapsedTime(began).Ticks);
        }
    });
}
