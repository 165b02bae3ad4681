using System.Globalization;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles;

namespace HomeHub.BlueZ;

/// <summary>The characteristics of a peripheral with the objects that stand for them.</summary>
internal sealed class CharacteristicTable
{
    private const string HandleMark = "/char";

    private readonly Dictionary<string, GattCharacteristic> _byPath;
    private readonly Dictionary<ushort, string> _paths;

    private CharacteristicTable(List<(string Path, GattCharacteristic Characteristic)> found)
    {
        All = [.. found.Select(entry => entry.Characteristic)];
        _byPath = found.ToDictionary(entry => entry.Path, entry => entry.Characteristic);
        _paths = found.ToDictionary(entry => entry.Characteristic.Handle, entry => entry.Path);
    }

    public IReadOnlyList<GattCharacteristic> All { get; }

    /// <summary>Reads the table from BlueZ's objects; those that are not of the form that they should be are left out.</summary>
    public static CharacteristicTable Read(ObjectCache objects, string devicePath)
    {
        List<(string Path, GattCharacteristic Characteristic)> found = [];
        foreach ((string path, IReadOnlyDictionary<string, object> properties) in objects.All(BlueZNames.GattCharacteristic))
        {
            if (path.StartsWith(devicePath + "/", StringComparison.Ordinal)
                && properties.GetValueOrDefault("Service") is DBus.DBusPath service
                && BluetoothUuid.TryParse(objects.Get<string>(service.Value, BlueZNames.GattService, "UUID"), out BluetoothUuid serviceUuid)
                && BluetoothUuid.TryParse(properties.GetValueOrDefault("UUID") as string, out BluetoothUuid uuid)
                && TryReadHandle(path, out ushort handle))
            {
                GattProperties flags = Flags(properties.GetValueOrDefault("Flags") as string[] ?? []);
                found.Add((path, new GattCharacteristic(serviceUuid, uuid, handle, flags)));
            }
        }

        return new CharacteristicTable([.. found.OrderBy(entry => entry.Characteristic.Handle).DistinctBy(entry => entry.Characteristic.Handle)]);
    }

    /// <summary>Object of a characteristic.</summary>
    /// <exception cref="PeripheralException">The peripheral has it not.</exception>
    public string PathOf(GattCharacteristic characteristic) =>
        _paths.TryGetValue(characteristic.Handle, out string? path) && _byPath[path].Uuid == characteristic.Uuid
            ? path
            : throw new PeripheralException(PeripheralFault.StaleServices, $"The device has no characteristic {characteristic.Uuid} at that place.");

    private static bool TryReadHandle(string path, out ushort handle)
    {
        int at = path.LastIndexOf(HandleMark, StringComparison.Ordinal);
        handle = 0;
        return at >= 0 && ushort.TryParse(path.AsSpan(at + HandleMark.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out handle);
    }

    private static GattProperties Flags(string[] flags)
    {
        GattProperties all = GattProperties.None;
        foreach (string flag in flags)
        {
            all |= flag switch
            {
                "read" => GattProperties.Read,
                "write" => GattProperties.Write,
                "write-without-response" => GattProperties.WriteWithoutResponse,
                "notify" => GattProperties.Notify,
                "indicate" => GattProperties.Indicate,
                _ => GattProperties.None,
            };
        }

        return all;
    }
}
