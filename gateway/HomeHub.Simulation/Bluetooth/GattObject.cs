using System.Globalization;
using HomeHub.Core.Peripherals;
using HomeHub.DBus;
using HomeHub.Profiles;
using HomeHub.Simulation.Devices;

namespace HomeHub.Simulation.Bluetooth;

/// <summary>A characteristic of the model as <c>org.bluez.GattCharacteristic1</c> of a GATT server.</summary>
internal sealed class GattObject(string path, string service, ModelCharacteristic characteristic, DeviceModel model)
{
    public const string Interface = "org.bluez.GattCharacteristic1";

    private readonly Lock _lock = new();
    private byte[] _value = [];
    private TaskCompletionSource<bool>? _confirmation;
    private volatile bool _isNotifying;

    /// <summary>Raised when a central reads or writes it.</summary>
    public event Action? Asked;

    public string Path { get; } = path;

    public ModelCharacteristic Characteristic { get; } = characteristic;

    /// <summary>
    /// Whether somebody is subscribed, as BlueZ tells it. Subscriptions of a bonded central outlast the link (Core Specification Vol 3 Part G 3.3.3.3):
    /// BlueZ does not tell them again in the next connection, and tells the end of all others with the link.
    /// </summary>
    public bool IsNotifying => _isNotifying;

    /// <summary>The service's own object.</summary>
    public static DBusObject Service(string path, ushort uuid) => new(path, new DBusInterface("org.bluez.GattService1")
    {
        Properties = [new DBusProperty("UUID", "s", () => Long(uuid)), new DBusProperty("Primary", "b", () => true)],
    });

    public DBusObject ToObject() => new(Path, new DBusInterface(Interface)
    {
        Properties =
        [
            new DBusProperty("UUID", "s", () => Long(Characteristic.Uuid)), new DBusProperty("Service", "o", () => new DBusPath(service)),
            new DBusProperty("Flags", "as", Flags), new DBusProperty("Value", "ay", () => _value), new DBusProperty("Notifying", "b", () => _isNotifying),
        ],
        Methods =
        [
            new DBusMethod("ReadValue", "a{sv}", "ay", ReadAsync), new DBusMethod("WriteValue", "aya{sv}", "", WriteAsync),
            new DBusMethod("StartNotify", "", "", _ => SubscribeAsync(true)), new DBusMethod("StopNotify", "", "", _ => SubscribeAsync(false)),
            new DBusMethod("Confirm", "", "", _ => ConfirmAsync()),
        ],
    });

    /// <summary>Sets the value that is told next. Completes when it was confirmed, at once for a notification; false when the link went before.</summary>
    public Task<bool> Send(byte[] octets)
    {
        lock (_lock)
        {
            _value = octets;
            if ((Characteristic.Properties & GattProperties.Indicate) == 0)
            {
                return Task.FromResult(true);
            }

            _confirmation = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            return _confirmation.Task;
        }
    }

    /// <summary>The link went: nothing will be confirmed.</summary>
    public void OnDisconnected() => Confirm(false);

    /// <summary>BlueZ or the adapter went, and with it what it knew of subscriptions.</summary>
    public void OnLost() => _isNotifying = false;

    private static string Long(ushort uuid) => BluetoothUuid.Of(uuid).Value.ToString("D", CultureInfo.InvariantCulture);

    private string[] Flags()
    {
        string prefix = model.File.Security switch
        {
            DeviceSecurity.None => "",
            DeviceSecurity.JustWorks => "encrypt-",
            _ => "encrypt-authenticated-",
        };
        List<string> flags = [];
        (GattProperties Property, string Name)[] names =
        [
            (GattProperties.Read, "read"), (GattProperties.Write, "write"), (GattProperties.Notify, "notify"), (GattProperties.Indicate, "indicate"),
        ];
        foreach ((GattProperties property, string name) in names)
        {
            if ((Characteristic.Properties & property) != 0)
            {
                flags.Add(prefix + name);
            }
        }

        return [.. flags];
    }

    private async Task<IReadOnlyList<object>> ReadAsync(DBusCall call)
    {
        Asked?.Invoke();
        AttResult result = await model.ReadAsync(Characteristic).ConfigureAwait(false);
        if (result.Error != 0)
        {
            throw Refusal(result.Error);
        }

        int offset = (call.Arguments[0] as Dictionary<string, object>)?.GetValueOrDefault("offset") is ushort from ? Math.Min(from, result.Octets.Length) : 0;
        return [result.Octets[offset..]];
    }

    private async Task<IReadOnlyList<object>> WriteAsync(DBusCall call)
    {
        Asked?.Invoke();
        AttResult result = await model.WriteAsync(Characteristic, (byte[])call.Arguments[0]).ConfigureAwait(false);
        return result.Error == 0 ? [] : throw Refusal(result.Error);
    }

    private Task<IReadOnlyList<object>> SubscribeAsync(bool on)
    {
        _isNotifying = on;

        model.Subscribe(Characteristic, on);
        return Nothing();
    }

    private Task<IReadOnlyList<object>> ConfirmAsync()
    {
        Confirm(true);
        return Nothing();
    }

    private void Confirm(bool isConfirmed)
    {
        lock (_lock)
        {
            _confirmation?.TrySetResult(isConfirmed);
            _confirmation = null;
        }
    }

    private static Task<IReadOnlyList<object>> Nothing() => Task.FromResult<IReadOnlyList<object>>([]);

    /// <summary>
    /// The words by which BlueZ gives a central an error code (src/gatt-database.c, dbus_error_to_att_ecode): those of a profile, 0x80 to 0x9F, as the
    /// text of Failed (older versions make 0x80 of each). What it has no words for becomes 0x0E.
    /// </summary>
    private static DBusException Refusal(byte error) => error switch
    {
        >= 0x80 and <= 0x9F => new DBusException("org.bluez.Error.Failed", string.Create(CultureInfo.InvariantCulture, $"0x{error:x2}")),
        0x02 or 0x03 => new DBusException("org.bluez.Error.NotPermitted", "Not permitted."),
        0x06 => new DBusException("org.bluez.Error.NotSupported", "Not supported."),
        0x08 => new DBusException("org.bluez.Error.NotAuthorized", "Not authorized."),
        0x0D => new DBusException("org.bluez.Error.InvalidValueLength", "The value has a wrong length."),
        0xFE => new DBusException("org.bluez.Error.InProgress", "In progress."),
        _ => new DBusException("org.bluez.Error.InvalidArguments", string.Create(CultureInfo.InvariantCulture, $"0x{error:x2}")),
    };
}
