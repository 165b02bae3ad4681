using System.Collections.Concurrent;
using System.Text;
using HomeHub.DBus;

namespace HomeHub.Testing.Network;

/// <summary>Owns <c>org.freedesktop.NetworkManager</c> on a private bus, with a wireless adapter and access points that do as they are told.</summary>
public sealed class NetworkManagerStandIn(string address) : IAsyncDisposable
{
    private const string Service = "org.freedesktop.NetworkManager", Root = "/org/freedesktop/NetworkManager", Device = Service + ".Device", Wireless = Device + ".Wireless";
    private const string Active = Service + ".Connection.Active", WifiPath = Root + "/Devices/3", CablePath = Root + "/Devices/2";

    private readonly ConcurrentDictionary<string, (byte[] Ssid, byte Strength, uint Flags, uint Rsn, string? Passphrase)> _points = new();
    private readonly ConcurrentDictionary<string, (byte[] Ssid, byte Strength, uint Flags, uint Rsn, string? Passphrase)> _silent = new();
    private readonly ConcurrentDictionary<string, Dictionary<string, object>> _profiles = new();
    private readonly ConcurrentDictionary<string, IAsyncDisposable> _shown = new();
    private DBusConnection? _connection;
    private string _activePoint = "/";
    private Dictionary<string, object>? _activeProfile;
    private string? _own;
    private int _number;

    /// <summary>Whether there is a wireless adapter.</summary>
    public bool HasRadio { get; set; } = true;

    /// <summary>Whether it is switched on.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>Reason with which joining fails by the device, NM_DEVICE_STATE_REASON; null: only by a wrong passphrase.</summary>
    public uint? FailsBy { get; set; }

    /// <summary>Whether joining never comes to an end.</summary>
    public bool IsMute { get; set; }

    /// <summary>What AddAndActivateConnection answers; null: it works.</summary>
    public DBusException? Refuses { get; set; }

    /// <summary>How often it was asked to listen.</summary>
    public int Listened { get; private set; }

    /// <summary>NM_WIFI_DEVICE_CAP flags of the adapter.</summary>
    public uint Capabilities { get; set; } = 0x6F;

    /// <summary>Settings and options with which the hub's own network is open; null: it is not.</summary>
    public (Dictionary<string, object> Settings, Dictionary<string, object> Options)? Own { get; private set; }

    /// <summary>What is kept of networks.</summary>
    public IReadOnlyCollection<Dictionary<string, object>> Profiles => [.. _profiles.Values];

    /// <summary>Comes (again).</summary>
    public async Task StartAsync()
    {
        _connection = await DBusConnection.OpenAsync(address, TimeProvider.System, CancellationToken.None);
        await _connection.ExportAsync(new DBusObject(Root, new DBusInterface(Service)
        {
            Methods =
            [
                Method("GetDevices", "", "ao", _ => [HasRadio ? new DBusPath[] { new(CablePath), new(WifiPath) } : [new(CablePath)]]),
                new("AddAndActivateConnection", "a{sa{sv}}oo", "oo", JoinAsync),
                new("AddAndActivateConnection2", "a{sa{sv}}ooa{sv}", "ooa{sv}", OpenAsync),
                new("DeactivateConnection", "o", "", async call =>
                {
                    await EndOwnAsync(((DBusPath)call.Arguments[0]).Value);
                    return [];
                }),
            ],
            Properties = [new("WirelessEnabled", "b", () => IsOn)],
        }));
        await _connection.ExportAsync(new DBusObject(CablePath, new DBusInterface(Device) { Properties = [new("DeviceType", "u", () => 1u)] }));
        await _connection.ExportAsync(new DBusObject(
            WifiPath,
            new DBusInterface(Device) { Properties = [new("DeviceType", "u", () => 2u), new("Interface", "s", () => "wlan0")] },
            new DBusInterface(Wireless)
            {
                Methods = [Method("RequestScan", "a{sv}", "", _ => { Listened++; return []; })],
                Properties =
                [
                    new("AccessPoints", "ao", () => _points.Keys.Order(StringComparer.Ordinal).Select(path => new DBusPath(path)).ToArray()),
                    new("ActiveAccessPoint", "o", () => new DBusPath(_activePoint)),
                    new("WirelessCapabilities", "u", () => Capabilities),
                    new("Mode", "u", () => _own is null ? 2u : 3u),
                ],
            }));
        await _connection.ExportAsync(new DBusObject(Root + "/Settings", new DBusInterface(Service + ".Settings")
        {
            Methods = [Method("ListConnections", "", "ao", _ => [_profiles.Keys.Select(path => new DBusPath(path)).ToArray()])],
        }));
        await _connection.RequestNameAsync(Service);
    }

    /// <summary>Puts an access point up.</summary>
    /// <param name="name">Its network.</param>
    /// <param name="strength">0 to 100.</param>
    /// <param name="rsn">NM_802_11_AP_SEC flags.</param>
    /// <param name="passphrase">What it accepts; null: it asks for none.</param>
    /// <param name="flags">NM_802_11_AP_FLAGS.</param>
    public async Task AddPointAsync(string name, byte strength, uint rsn, string? passphrase, uint flags = 0)
    {
        string path = $"{Root}/AccessPoint/{Interlocked.Increment(ref _number)}";
        _points[path] = (Encoding.UTF8.GetBytes(name), strength, flags, rsn, passphrase);
        _shown[path] = await _connection!.ExportAsync(new DBusObject(path, new DBusInterface(Service + ".AccessPoint")
        {
            Properties =
            [
                new("Ssid", "ay", () => _points[path].Ssid), new("Strength", "y", () => _points[path].Strength), new("Flags", "u", () => _points[path].Flags),
                new("WpaFlags", "u", () => 0u), new("RsnFlags", "u", () => _points[path].Rsn),
            ],
        }));
    }

    /// <summary>Access points are not heard any more, as after minutes of being one.</summary>
    public async Task FallSilentAsync()
    {
        foreach (string path in _points.Keys.Where(path => path != _activePoint))
        {
            if (_points.TryRemove(path, out var silent))
            {
                _silent[path] = silent;
            }

            await (_shown.TryRemove(path, out IAsyncDisposable? shown) ? shown.DisposeAsync() : ValueTask.CompletedTask);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }

    private static DBusMethod Method(string name, string takes, string gives, Func<DBusCall, IReadOnlyList<object>> handler) => new(name, takes, gives, call => Task.FromResult(handler(call)));

    private async Task<IReadOnlyList<object>> JoinAsync(DBusCall call)
    {
        if (Refuses is { } error)
        {
            throw error;
        }

        var profile = (Dictionary<string, object>)call.Arguments[0];
        var ssid = (byte[])((Dictionary<string, object>)profile["802-11-wireless"])["ssid"];
        string point = ((DBusPath)call.Arguments[2]).Value, path = $"{Root}/Settings/{Interlocked.Increment(ref _number)}", active = $"{Root}/ActiveConnection/{Interlocked.Increment(ref _number)}";
        _profiles[path] = profile;
        _shown[path] = await _connection!.ExportAsync(new DBusObject(path, new DBusInterface(Service + ".Settings.Connection")
        {
            Methods =
            [
                Method("GetSettings", "", "a{sa{sv}}", _ => [WithoutSecrets(profile)]),
                new("Delete", "", "", async _ =>
                {
                    _profiles.TryRemove(path, out Dictionary<string, object>? _);
                    _activePoint = profile == _activeProfile ? "/" : _activePoint;
                    await (_shown.TryRemove(path, out IAsyncDisposable? shown) ? shown.DisposeAsync() : ValueTask.CompletedTask);
                    return [];
                }),
            ],
        }));
        await EndOwnAsync(_own);
        if (point == "/")
        {
            // The supplicant looks for it by name.
            point = _silent.FirstOrDefault(known => known.Value.Ssid.AsSpan().SequenceEqual(ssid)).Key ?? "/";
        }

        _ = Task.Run(() => EndAsync(profile, point, active));
        return [new DBusPath(path), new DBusPath(active)];
    }

    /// <summary>As NetworkManager tells it: the device first, with the reason, then the connection.</summary>
    private async Task EndAsync(Dictionary<string, object> profile, string point, string active)
    {
        await _connection!.EmitAsync(active, Active, "StateChanged", "uu", 1u, 1u);
        if (IsMute)
        {
            return;
        }

        string? said = profile.GetValueOrDefault("802-11-wireless-security") is Dictionary<string, object> security ? security.GetValueOrDefault("psk") as string : null;
        uint? reason = FailsBy ?? (!Find(point, out string? right) ? 53u : right == said ? null : 7u);
        if (reason is { } why)
        {
            await _connection.EmitAsync(WifiPath, Device, "StateChanged", "uuu", 120u, 60u, why);
            await _connection.EmitAsync(active, Active, "StateChanged", "uu", 4u, 3u);
        }
        else
        {
            (_activePoint, _activeProfile) = (point, profile);
            await _connection.EmitAsync(active, Active, "StateChanged", "uu", 2u, 1u);
        }
    }

    /// <summary>The hub's own network: an access point of the adapter's own is heard beside the others.</summary>
    private async Task<IReadOnlyList<object>> OpenAsync(DBusCall call)
    {
        if (Refuses is { } error)
        {
            throw error;
        }

        var settings = (Dictionary<string, object>)call.Arguments[0];
        string active = $"{Root}/ActiveConnection/{Interlocked.Increment(ref _number)}";
        uint state = 1;
        _shown[active] = await _connection!.ExportAsync(new DBusObject(active, new DBusInterface(Active) { Properties = [new("State", "u", () => state)] }));
        _ = Task.Run(async () =>
        {
            if (IsMute)
            {
                return;
            }

            if (FailsBy is { } why)
            {
                await _connection.EmitAsync(WifiPath, Device, "StateChanged", "uuu", 120u, 60u, why);
                await _connection.EmitAsync(active, Active, "StateChanged", "uu", 4u, 3u);
                return;
            }

            string name = Encoding.UTF8.GetString((byte[])((Dictionary<string, object>)settings["802-11-wireless"])["ssid"]);
            await AddPointAsync(name, 100, 0x188, null);
            (_own, Own, state) = (active, (settings, (Dictionary<string, object>)call.Arguments[3]), 2);
            _activePoint = _points.Single(point => Encoding.UTF8.GetString(point.Value.Ssid) == name).Key;
            await _connection.EmitAsync(active, Active, "StateChanged", "uu", 2u, 1u);
        });
        return [new DBusPath($"{Root}/Settings/{Interlocked.Increment(ref _number)}"), new DBusPath(active), new Dictionary<string, object>()];
    }

    private async Task EndOwnAsync(string? active)
    {
        if (active is null || active != _own)
        {
            return;
        }

        (_own, Own) = (null, null);
        foreach (string gone in new[] { active, _activePoint })
        {
            _points.TryRemove(gone, out _);
            await (_shown.TryRemove(gone, out IAsyncDisposable? shown) ? shown.DisposeAsync() : ValueTask.CompletedTask);
        }

        _activePoint = "/";
    }

    private bool Find(string point, out string? passphrase)
    {
        bool isThere = _points.TryGetValue(point, out var found) || _silent.TryGetValue(point, out found);
        passphrase = found.Passphrase;
        return isThere;
    }

    /// <summary>Settings are given without what is secret in them.</summary>
    private static Dictionary<string, object> WithoutSecrets(Dictionary<string, object> profile) => profile.ToDictionary(
        part => part.Key, part => (object)((Dictionary<string, object>)part.Value).Where(entry => entry.Key != "psk").ToDictionary(entry => entry.Key, entry => entry.Value));
}
