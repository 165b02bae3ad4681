using System.Text.Json;
using Xunit;

namespace HomeHub.Lab.Scenarios;

/// <summary>The power goes while a device tells.</summary>
internal static class PowerCut
{
    private const int Records = 500, Before = 200;

    /// <summary>Milliseconds between records: so slow that the power goes before the last, also where asking the hub takes long.</summary>
    private const int Pace = 50;

    /// <summary>First the hub is cut off in the middle; then, started again, it finds bond, buffer and readings as they were and takes the rest.</summary>
    public static async Task WhileReceivingAsync(Laboratory lab)
    {
        if (!lab.IsAfterCut)
        {
            await lab.StartHubAsync();
            SimulatedPeripheral first = await lab.StartDeviceAsync(1, DeviceFiles.GlucoseMeter(Records, Pace));
            await lab.PairAsync(first.Address, null, "--yes");
            await first.HappenedAsync("sent", Before);
            await Laboratory.HoldsAsync(async () => await TakenAsync(lab) > 0, "the hub has taken a reading");
            await lab.CutPowerAsync();
        }

        int kept = await TakenAsync(lab);
        Assert.True(kept is > 0 and < Records * 2, $"{kept} readings were on disk when the power went.");
        Assert.Equal("secure-connections", (await lab.DeviceAsync(BluetoothStack.AddressOf(1))).GetProperty("bond").GetString());
        await lab.StartHubAsync();
        SimulatedPeripheral device = await lab.StartDeviceAsync(1, DeviceFiles.GlucoseMeter(Records, Pace));
        await device.HappenedAsync("measured", Records * 2);
        await lab.ArrivedOnceAsync(DeviceFiles.Second, device);
        JsonElement after = await lab.DeviceAsync(device.Address);
        Assert.Equal(JsonValueKind.Null, after.GetProperty("trouble").ValueKind);
        await lab.FigureAsync($"{lab.Scenario.Title}: {kept} readings were on disk when the power went");
    }

    private static async Task<int> TakenAsync(Laboratory lab) => (await lab.StatusAsync()).GetProperty("taken").GetInt32();
}
