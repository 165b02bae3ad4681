using System.Globalization;
using HomeHub.Core.Peripherals;
using HomeHub.DBus;
using HomeHub.Profiles;
using HomeHub.Simulation.Devices;

namespace HomeHub.Simulation.Bluetooth;

/// <summary>The device's advertisement as <c>org.bluez.LEAdvertisement1</c>.</summary>
internal static class AdvertisementObject
{
    public static DBusObject Create(string path, DeviceModel model) => new(path, new DBusInterface("org.bluez.LEAdvertisement1")
    {
        Properties =
        [
            new DBusProperty("Type", "s", () => "peripheral"),
            new DBusProperty(
                "ServiceUUIDs", "as", () => model.AdvertisedServices.Select(service => BluetoothUuid.Of(service).Value.ToString("D", CultureInfo.InvariantCulture)).ToArray()),
            new DBusProperty("LocalName", "s", () => model.File.Name), new DBusProperty("Discoverable", "b", () => true),
        ],
        Methods = [new DBusMethod("Release", "", "", _ => Task.FromResult<IReadOnlyList<object>>([]))],
    });
}
