using System.Globalization;
using HomeHub.Core.Peripherals;
using HomeHub.DBus;
using HomeHub.Simulation.Devices;

namespace HomeHub.Simulation.Bluetooth;

/// <summary>A characteristic of the model as <c>org.bluez.GattCharacteristic1</c> of a GATT server.</summary>
internal sealed class GattObject(string path, string service, ModelCharacteristic characteristic, DeviceModel model)
{
    public const string Interface = "org.bluez.GattCharacteristic1";

    private readonly Lock _lock = new();
    private byte[] _value = [];
    private TaskCompletionSource? _confirmation;

    public string Path { get; } = path;

    public ModelCharacteristic Characteristic { get; } = characteristic;

    /// <summary>Whether somebody is subscribed.</summary>
    public bool IsNotifying { get; private set; }

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
            new DBusProperty("Flags", "as", Flags), new DBusProperty("Value", "ay", () => _value), new DBusProperty("Notifying", "b", () => IsNotifying),
        ],
        Methods =
        [
            new DBusMethod("ReadValue", "a{sv}", "ay", ReadAsync), new DBusMethod("WriteValue", "aya{sv}", "", WriteAsync),
            new DBusMethod("StartNotify", "", "", _ => SubscribeAsync(true)), new DBusMethod("StopNotify", "", "", _ => SubscribeAsync(false)),
            new DBusMethod("Confirm", "", "", _ => ConfirmAsync()),
        ],
    });

    /// <summary>Sets the value that is told next. Completes when it was confirmed; at once for a notification.</summary>
    public Task Send(byte[] octets)
    {
        lock (_lock)
        {
            _value = octets;
            if ((Characteristic.Properties & GattProperties.Indicate) == 0)
            {
                return Task.CompletedTask;
            }

            _confirmation = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _confirmation.Task;
        }
    }

    /// <summary>The link went: nobody is subscribed, and nothing will be confirmed.</summary>
    public void OnDisconnected()
    {
        lock (_lock)
        {
            IsNotifying = false;
            _confirmation?.TrySetException(new TimeoutException("The link went before the confirmation."));
            _confirmation = null;
        }
    }

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
        AttResult result = await model.WriteAsync(Characteristic, (byte[])call.Arguments[0]).ConfigureAwait(false);
        return result.Error == 0 ? [] : throw Refusal(result.Error);
    }

    private Task<IReadOnlyList<object>> SubscribeAsync(bool on)
    {
        IsNotifying = on;

        model.Subscribe(Characteristic, on);
        return Nothing();
    }

    private Task<IReadOnlyList<object>> ConfirmAsync()
    {
        lock (_lock)
        {
            _confirmation?.TrySetResult();
            _confirmation = null;
        }

        return Nothing();
    }

    private static Task<IReadOnlyList<object>> Nothing() => Task.FromResult<IReadOnlyList<object>>([]);

    /// <summary>BlueZ takes an error code of a profile from the text of Failed (doc/gatt-api.txt, since 5.44: 0x80 to 0x9F).</summary>
    private static DBusException Refusal(byte error) => error switch
    {
        >= 0x80 => new DBusException("org.bluez.Error.Failed", string.Create(CultureInfo.InvariantCulture, $"0x{error:x2}")),
        0x0D => new DBusException("org.bluez.Error.InvalidValueLength", "The value has a wrong length."),
        _ => new DBusException("org.bluez.Error.NotPermitted", "Not permitted."),
    };
}
