using System.Threading.Channels;
using HomeHub.Core.Peripherals;
using HomeHub.DBus;
using HomeHub.Profiles;
using HomeHub.Testing;

namespace HomeHub.Simulation.Tests.Bluetooth;

/// <summary>
/// BlueZ from the side of a GATT server, on a bus of its own: takes an application, an advertisement and an agent as bluetoothd does, and plays the
/// central that connects.
/// </summary>
internal sealed class ScriptedBlueZ : IAsyncDisposable
{
    public const string Adapter = "/org/bluez/hci0";

    private const string Central = Adapter + "/dev_AA_BB_CC_DD_EE_FF";
    private const string Characteristic1 = "org.bluez.GattCharacteristic1";

    private readonly Channel<byte[]> _values = Channel.CreateUnbounded<byte[]>();
    private DBusConnection? _connection;
    private Dictionary<DBusPath, object> _application = [];
    private string _owner = "";
    private bool _isConnected;
    private (string Owner, string Path) _agent;

    private ScriptedBlueZ(PrivateBus bus) => Bus = bus;

    public PrivateBus Bus { get; }

    public int Applications { get; private set; }

    public bool IsAdvertising { get; private set; }

    public string? AgentCapability { get; private set; }

    public bool WasCut { get; private set; }

    /// <summary>Set: RegisterApplication answers that it is there already.</summary>
    public bool KeepsApplications { get; set; }

    public Dictionary<string, object> Advertisement { get; private set; } = [];

    public IEnumerable<string> Services => Objects("org.bluez.GattService1").Select(found => (string)found.Properties["UUID"]);

    /// <summary>Values in the order in which they were told.</summary>
    public ChannelReader<byte[]> Values => _values.Reader;

    public static async Task<ScriptedBlueZ> StartAsync()
    {
        var bluez = new ScriptedBlueZ(await PrivateBus.StartAsync());
        await bluez.StartAgainAsync();
        return bluez;
    }

    public async Task StartAgainAsync()
    {
        _connection = await DBusConnection.OpenAsync(Bus.Address, TimeProvider.System, CancellationToken.None);
        await _connection.ExportAsync(new DBusObject("/") { IsManager = true });
        await _connection.ExportAsync(new DBusObject("/org/bluez", new DBusInterface("org.bluez.AgentManager1")
        {
            Methods =
            [
                Method("RegisterAgent", "os", call => (_agent, AgentCapability) = ((call.Sender, ((DBusPath)call.Arguments[0]).Value), (string)call.Arguments[1])), Method("RequestDefaultAgent", "o", _ => { }),
            ],
        }));
        await _connection.ExportAsync(new DBusObject(
            Adapter,
            new DBusInterface("org.bluez.Adapter1")
            {
                Properties = [new("Powered", "b", () => true, _ => { }), new("Pairable", "b", () => true, _ => { })],
            },
            new DBusInterface("org.bluez.GattManager1")
            {
                Methods = [new("RegisterApplication", "oa{sv}", "", RegisterAsync)],
            },
            new DBusInterface("org.bluez.LEAdvertisingManager1")
            {
                Methods =
                [
                    new("RegisterAdvertisement", "oa{sv}", "", AdvertiseAsync), Method("UnregisterAdvertisement", "o", _ => IsAdvertising = false),
                ],
            }));
        await _connection.ExportAsync(new DBusObject(Central, new DBusInterface("org.bluez.Device1")
        {
            Methods = [new("Disconnect", "", "", async _ => { WasCut = true; await LinkAsync(false); return []; })],
            Properties = [new("Connected", "b", () => _isConnected)],
        }));
        await _connection.RequestNameAsync("org.bluez");
    }

    public async Task StopAsync()
    {
        if (_connection is { } connection)
        {
            (_connection, _isConnected, IsAdvertising) = (null, false, false);
            await connection.DisposeAsync();
        }
    }

    /// <summary>The central connects, or its link goes.</summary>
    public Task LinkAsync(bool isConnected)
    {
        _isConnected = isConnected;
        return _connection!.EmitPropertiesChangedAsync(Central, "org.bluez.Device1", "Connected");
    }

    /// <summary>Asks the agent whether a device may pair.</summary>
    /// <param name="device">Its object.</param>
    /// <param name="asker">Who asks; null: the service.</param>
    public Task AuthorizeAsync(string device, DBusConnection? asker = null) =>
        (asker ?? _connection!).CallAsync(_agent.Owner, _agent.Path, "org.bluez.Agent1", "RequestAuthorization", "o", [new DBusPath(device)], Eventually.Deadline);

    /// <summary>The adapter is switched off.</summary>
    public Task PowerOffAsync() => _connection!.EmitAsync(
        Adapter, "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as", "org.bluez.Adapter1",
        new Dictionary<string, object> { ["Powered"] = false }, Array.Empty<string>());

    public async Task<byte[]> ReadAsync(ushort uuid, ushort offset = 0) =>
        (byte[])(await CallAsync(uuid, "ReadValue", "a{sv}", new Dictionary<string, object> { ["offset"] = offset }))[0];

    public Task WriteAsync(ushort uuid, params byte[] octets) => CallAsync(uuid, "WriteValue", "aya{sv}", octets, new Dictionary<string, object>());

    public Task CallAsync(ushort uuid, string member) => CallAsync(uuid, member, "");

    /// <summary>Flags of a characteristic.</summary>
    public string[] FlagsOf(ushort uuid) => (string[])Find(uuid).Properties["Flags"];

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Bus.DisposeAsync();
    }

    private Task<object[]> CallAsync(ushort uuid, string member, string signature, params object[] arguments) =>
        _connection!.CallAsync(_owner, Find(uuid).Path, Characteristic1, member, signature, arguments, Eventually.Deadline);

    private (string Path, Dictionary<string, object> Properties) Find(ushort uuid) =>
        Objects(Characteristic1).Single(found => (string)found.Properties["UUID"] == BluetoothUuid.Of(uuid).Value.ToString("D"));

    private IEnumerable<(string Path, Dictionary<string, object> Properties)> Objects(string @interface) => _application
        .Where(entry => ((Dictionary<string, object>)entry.Value).ContainsKey(@interface))
        .Select(entry => (entry.Key.Value, (Dictionary<string, object>)((Dictionary<string, object>)entry.Value)[@interface]));

    private async Task<IReadOnlyList<object>> RegisterAsync(DBusCall call)
    {
        if (KeepsApplications && Applications > 0)
        {
            throw new DBusException("org.bluez.Error.AlreadyExists", "Already Exists");
        }

        _owner = call.Sender;
        object[] answer = await _connection!.CallAsync(
            call.Sender, ((DBusPath)call.Arguments[0]).Value, "org.freedesktop.DBus.ObjectManager", "GetManagedObjects");
        _application = (Dictionary<DBusPath, object>)answer[0];
        await _connection.SubscribeAsync(
            new DBusMatch { Sender = call.Sender, Interface = "org.freedesktop.DBus.Properties", Member = "PropertiesChanged" },
            signal =>
            {
                if (signal.Arguments is [Characteristic1, Dictionary<string, object> changed, ..] && changed.GetValueOrDefault("Value") is byte[] octets)
                {
                    _values.Writer.TryWrite(octets);
                }
            });
        Applications++;
        return [];
    }

    private async Task<IReadOnlyList<object>> AdvertiseAsync(DBusCall call)
    {
        object[] answer = await _connection!.CallAsync(
            call.Sender, ((DBusPath)call.Arguments[0]).Value, "org.freedesktop.DBus.Properties", "GetAll", "s", ["org.bluez.LEAdvertisement1"]);
        Advertisement = (Dictionary<string, object>)answer[0];
        IsAdvertising = true;
        return [];
    }

    private static DBusMethod Method(string name, string takes, Action<DBusCall> take) => new(name, takes, "", call =>
    {
        take(call);
        return Task.FromResult<IReadOnlyList<object>>([]);
    });
}
