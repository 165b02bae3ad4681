using HomeHub.DBus;
using Xunit;

namespace HomeHub.Lab.Scenarios;

/// <summary>Devices that nobody has set up, or that ask for more than they were given.</summary>
internal static class Strangers
{
    private const string Bluez = "org.bluez";

    /// <summary>A stranger with a reading is not connected; a device that is used without a bond and begins to pair is refused.</summary>
    public static async Task GetNothingAsync(Laboratory lab)
    {
        SimulatedPeripheral unknown = await lab.StartDeviceAsync(1, DeviceFiles.BloodPressure("none"), "--agent", "none");
        SimulatedPeripheral uninvited = await lab.StartDeviceAsync(2, DeviceFiles.Thermometer().Replace("just-works", "none", StringComparison.Ordinal), "--agent", "none");
        SimulatedPeripheral known = await lab.StartDeviceAsync(3, DeviceFiles.Oximeter().Replace("just-works", "none", StringComparison.Ordinal), "--agent", "none");
        await lab.StartHubAsync();
        await lab.PairAsync(known.Address, null, "--no-bond");
        await lab.PairAsync(uninvited.Address, null, "--no-bond");
        await unknown.MeasureAsync();
        await uninvited.HappenedAsync("connected");
        string? refusal = await PairAsync(uninvited);
        Assert.NotNull(refusal);
        await uninvited.MeasureAsync();
        await known.MeasureAsync();
        await lab.ArrivedOnceAsync(DeviceFiles.Second, known, uninvited);
        Assert.Equal(0, unknown.Count("connected"));
        Assert.Equal(0, await BondsOfTheHubAsync());
    }

    /// <summary>The device's side begins to pair while it is connected, and again while the hub lets it go and comes back.</summary>
    private static async Task<string?> PairAsync(SimulatedPeripheral device)
    {
        DBusConnection bus = await BluetoothStack.OpenBusAsync();
        await using (bus)
        {
            string hub = $"/org/bluez/hci2/dev_{BluetoothStack.AddressOf(0).Replace(':', '_')}";
            string? refusal = null;
            await Laboratory.HoldsAsync(
                async () =>
                {
                    try
                    {
                        await bus.CallAsync(Bluez, hub, "org.bluez.Device1", "Pair", null, CancellationToken.None);
                        return true;
                    }
                    catch (DBusException error)
                    {
                        refusal = error.Name;

                        // Not while it is connected: asked again.
                        return error.Name.StartsWith("org.bluez.Error.Authentication", StringComparison.Ordinal);
                    }
                },
                $"{device.Address} could begin to pair");
            return refusal;
        }
    }

    private static async Task<int> BondsOfTheHubAsync()
    {
        DBusConnection bus = await BluetoothStack.OpenBusAsync();
        await using (bus)
        {
            object[] answer = await bus.CallAsync(Bluez, "/", "org.freedesktop.DBus.ObjectManager", "GetManagedObjects", null, CancellationToken.None);
            return ((Dictionary<DBusPath, object>)answer[0]).Count(shown =>
                shown.Key.Value.StartsWith("/org/bluez/hci0/dev_", StringComparison.Ordinal)
                && (((Dictionary<string, object>)shown.Value).GetValueOrDefault("org.bluez.Device1") as Dictionary<string, object>)?.GetValueOrDefault("Paired") is true);
        }
    }
}
