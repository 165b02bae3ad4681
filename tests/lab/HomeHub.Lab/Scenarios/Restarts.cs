using System.Diagnostics;

namespace HomeHub.Lab.Scenarios;

/// <summary>What the hub's radio hangs on goes away and comes back while a device tells what it has stored.</summary>
internal static class Restarts
{
    /// <summary>Longest time from the return until the hub is ready again.</summary>
    private static readonly TimeSpan ReadyAgain = TimeSpan.FromSeconds(10);

    private const int Records = 200, Before = 40;

    /// <summary>
    /// The Bluetooth service crashes. The device, which has it in common with the hub here, registers again after the hub, whose agent would answer for it
    /// otherwise.
    /// </summary>
    public static async Task BluetoothServiceAsync(Laboratory lab)
    {
        SimulatedPeripheral device = await TellingAsync(lab);
        await device.FreezeAsync();
        await lab.Stack.RestartServiceAsync();
        await ReadyAsync(lab);
        await device.ThawAsync();
        await lab.ArrivedOnceAsync(DeviceFiles.Second, device);
    }

    /// <summary>All controllers are pulled out and plugged in.</summary>
    public static async Task ControllersAsync(Laboratory lab)
    {
        SimulatedPeripheral device = await TellingAsync(lab);
        await lab.Stack.RemoveControllersAsync();
        await lab.HubSaysAsync("Bluetooth can't be used", 1, Laboratory.Patience);
        await lab.Stack.StartControllersAsync();
        await ReadyAsync(lab);
        await lab.ArrivedOnceAsync(DeviceFiles.Second, device);
    }

    private static async Task<SimulatedPeripheral> TellingAsync(Laboratory lab)
    {
        await lab.StartHubAsync();
        SimulatedPeripheral device = await lab.StartDeviceAsync(1, DeviceFiles.GlucoseMeter(Records));
        await lab.PairAsync(device.Address, null, "--yes");
        await device.HappenedAsync("sent", Before);
        return device;
    }

    private static async Task ReadyAsync(Laboratory lab)
    {
        var since = Stopwatch.StartNew();
        await lab.HubSaysAsync("Bluetooth is ready: hci0", 2, ReadyAgain);
        await lab.FigureAsync($"{lab.Scenario.Title}: ready again {since.Elapsed.TotalSeconds:0.0} s after its return");
    }
}
