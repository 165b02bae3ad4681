using System.Text.Json;
using Xunit;

namespace HomeHub.Lab.Scenarios;

/// <summary>Keys that one side has lost.</summary>
internal static class LostBond
{
    /// <summary>The device forgets, as after a change of its battery; what it measured meanwhile arrives once it is paired again.</summary>
    public static async Task ForgottenByTheDeviceAsync(Laboratory lab)
    {
        await lab.StartHubAsync();
        SimulatedPeripheral device = await lab.StartDeviceAsync(1, DeviceFiles.BloodPressure("just-works"));
        await lab.PairAsync(device.Address, null, "--yes");
        await device.MeasureAsync();
        await lab.ArrivedOnceAsync(DeviceFiles.Second, device);

        await device.DoAsync("forget-bonds");
        await device.MeasureAsync();
        await lab.HubSaysAsync("ended by BondLost", 1, Laboratory.Patience);
        JsonElement lost = await lab.DeviceAsync(device.Address);
        Assert.Equal("bond-lost", lost.GetProperty("trouble").GetString());
        Assert.Contains("Pair it again", lost.GetProperty("advice").GetString(), StringComparison.Ordinal);

        await lab.PairAsync(device.Address, null, "--yes");
        await lab.ArrivedOnceAsync(DeviceFiles.Second, device);
        Assert.Equal(JsonValueKind.Null, (await lab.DeviceAsync(device.Address)).GetProperty("trouble").ValueKind);
    }
}
