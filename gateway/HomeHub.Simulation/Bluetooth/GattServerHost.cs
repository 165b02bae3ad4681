using System.Collections.Concurrent;
using System.Globalization;
using HomeHub.Core.Peripherals;
using HomeHub.DBus;
using HomeHub.Simulation.Devices;

namespace HomeHub.Simulation.Bluetooth;

/// <summary>
/// Carries a simulated device as a real Bluetooth LE peripheral over an adapter, by BlueZ's GATT server and advertising interfaces (BlueZ
/// doc/gatt-api.txt, doc/advertising-api.txt). Registers again whenever BlueZ or the adapter comes back.
/// </summary>
public sealed partial class GattServerHost : IDeviceHost, IAsyncDisposable
{
    /// <summary>Longest wait for the confirmation of an indication (Core Specification Vol 3 Part F 3.3.3: 30 seconds).</summary>
    public static readonly TimeSpan ConfirmLimit = TimeSpan.FromSeconds(30);

    /// <summary>How long BlueZ has to send the notifications that it has gathered (10 ms by its own count, more on a machine that is busy).</summary>
    public static readonly TimeSpan GatheringLimit = TimeSpan.FromMilliseconds(300);

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
    private readonly Lock _lock = new();
    private volatile string? _bluez;
    private volatile bool _wantsAdvertising;
    private bool _isRegistered, _isAdvertising;
    private int _losses;
    private long _notifiedAt;
    private TaskCompletionSource _asked = new();

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
            await _bus.ExportAsync(agent.ToObject(_root + "/agent", _adapter, () => _bluez)).ConfigureAwait(false);
        }

        await _bus.SubscribeAsync(
            new DBusMatch { Sender = Bluez, PathNamespace = _adapter, Interface = Properties, Member = "PropertiesChanged" }, OnProperties, cancellation)
            .ConfigureAwait(false);
        await _bus.SubscribeAsync(new DBusMatch { Sender = Bluez, Interface = ObjectManager }, OnObjects, cancellation).ConfigureAwait(false);
        await _bus.WatchNameAsync(
            Bluez,
            owner =>
            {
                _bluez = owner;
                Lose(knowsSubscriptions: false);
            },
            cancellation).ConfigureAwait(false);
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

        await KeepOrderAsync(target, cancellation).ConfigureAwait(false);
        Task<bool> confirmed = target.Send(octets);
        await _bus.EmitPropertiesChangedAsync(target.Path, GattObject.Interface, "Value").ConfigureAwait(false);
        try
        {
            return await confirmed.WaitAsync(ConfirmLimit, _time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // After that no more may be sent over this link, and a confirmation that came late would be taken for that of the next value.
            Troubled?.Invoke("An indication was not confirmed; the link is cut.");
            await DisconnectAsync(cancellation).ConfigureAwait(false);
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
            if (path.Value.StartsWith(_adapter + "/dev_", StringComparison.Ordinal) && IsPaired((Dictionary<string, object>)interfaces))
            {
                await TryAsync("forget a bond", () => _bus.CallAsync(Bluez, _adapter, "org.bluez.Adapter1", "RemoveDevice", "o", [path], null, cancellation))
                    .ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// As a server BlueZ gathers notifications for a moment (Multiple Handle Value Notification, src/gatt-database.c), and sends an indication that was
    /// told later before them. No device does that: what it has told comes before the answer that there is no more.
    /// </summary>
    private async Task KeepOrderAsync(GattObject target, CancellationToken cancellation)
    {
        if ((target.Characteristic.Properties & GattProperties.Indicate) == 0)
        {
            Volatile.Write(ref _notifiedAt, _time.GetTimestamp());
        }
        else if (Interlocked.Exchange(ref _notifiedAt, 0) is not 0 and long at && GatheringLimit - _time.GetElapsedTime(at) is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left, _time, cancellation).ConfigureAwait(false);
        }
    }

    private static bool IsPaired(Dictionary<string, object> interfaces) =>
        (interfaces.GetValueOrDefault("org.bluez.Device1") as Dictionary<string, object>)?.GetValueOrDefault("Paired") is true;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _wantsAdvertising = false;
        if (!_bus.Closed.IsCompleted && IsAdvertising)
        {
            await TryAsync("end the advertising", () => CallAdvertisingAsync(false, CancellationToken.None)).ConfigureAwait(false);
        }

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
                shown.Asked += OnAsked;
                _characteristics[shown.Path] = shown;
                await _bus.ExportAsync(shown.ToObject()).ConfigureAwait(false);
            }
        }

        await _bus.ExportAsync(AdvertisementObject.Create(_root + "/advertisement", model)).ConfigureAwait(false);
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
