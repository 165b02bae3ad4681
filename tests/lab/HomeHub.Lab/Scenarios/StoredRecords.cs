using Xunit;

namespace HomeHub.Lab.Scenarios;

/// <summary>What a device has stored.</summary>
internal static class StoredRecords
{
    private const int Records = 500, CutAfter = 200;

    /// <summary>The link goes in the middle of the transfer.</summary>
    public static async Task CutAndCompletedAsync(Laboratory lab)
    {
        await lab.StartHubAsync();
        SimulatedPeripheral device = await lab.StartDeviceAsync(1, DeviceFiles.GlucoseMeter(Records));
        await device.DoAsync($"disconnect {CutAfter}");
        await lab.PairAsync(device.Address, null, "--yes");
        await lab.ArrivedOnceAsync(DeviceFiles.Second, device);
        Assert.True(device.Measured.Count(record => record.Characteristic == 0x2A18) == Records);
        Assert.True(device.Count("connected") >= 3, "One connection to pair, one that was cut, one that completed it.");
    }
}
