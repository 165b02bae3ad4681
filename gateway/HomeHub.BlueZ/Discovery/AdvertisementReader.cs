using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles;

namespace HomeHub.BlueZ.Discovery;

/// <summary>From the properties of a Device1 to an advertisement. What has another form than BlueZ gives it is left out.</summary>
internal static class AdvertisementReader
{
    /// <summary>The controller could not tell the signal strength (Core Specification Vol 4 Part E 7.7.65.2).</summary>
    private const short NotAvailable = 127;

    /// <summary>The advertisement; null when the object tells no address.</summary>
    public static Advertisement? Read(IReadOnlyDictionary<string, object> device, DateTimeOffset now)
    {
        if (device.GetValueOrDefault("Address") is not string address)
        {
            return null;
        }

        return new Advertisement
        {
            Address = address.ToUpperInvariant(),
            AddressType = TypeOf(device),
            Name = device.GetValueOrDefault("Name") as string,
            Rssi = device.GetValueOrDefault("RSSI") is short rssi and not NotAvailable ? rssi : null,
            Services = [.. Uuids(device.GetValueOrDefault("UUIDs") as string[] ?? [])],
            ServiceData = ServiceData(device.GetValueOrDefault("ServiceData") as Dictionary<string, object>),
            ManufacturerData = ManufacturerData(device.GetValueOrDefault("ManufacturerData") as Dictionary<ushort, object>),
            IsBonded = device.GetValueOrDefault("Paired") is true || device.GetValueOrDefault("Bonded") is true,
            ReceivedAt = now,
        };
    }

    /// <summary>Kind of a device object's address.</summary>
    public static AddressType TypeOf(IReadOnlyDictionary<string, object> device) =>
        device.GetValueOrDefault("AddressType") is "random" ? AddressType.Random : AddressType.Public;

    private static IEnumerable<BluetoothUuid> Uuids(string[] texts)
    {
        foreach (string text in texts)
        {
            if (BluetoothUuid.TryParse(text, out BluetoothUuid uuid))
            {
                yield return uuid;
            }
        }
    }

    private static Dictionary<BluetoothUuid, byte[]> ServiceData(Dictionary<string, object>? data)
    {
        Dictionary<BluetoothUuid, byte[]> read = [];
        foreach ((string text, object value) in data ?? [])
        {
            if (BluetoothUuid.TryParse(text, out BluetoothUuid uuid) && value is byte[] octets)
            {
                read[uuid] = octets;
            }
        }

        return read;
    }

    private static Dictionary<ushort, byte[]> ManufacturerData(Dictionary<ushort, object>? data)
    {
        Dictionary<ushort, byte[]> read = [];
        foreach ((ushort company, object value) in data ?? [])
        {
            if (value is byte[] octets)
            {
                read[company] = octets;
            }
        }

        return read;
    }
}
