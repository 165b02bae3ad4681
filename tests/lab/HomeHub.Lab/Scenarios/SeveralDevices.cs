namespace HomeHub.Lab.Scenarios;

/// <summary>More than one device in a house.</summary>
internal static class SeveralDevices
{
    /// <summary>Three devices that measure in the same moment.</summary>
    public static async Task ThreeAtOnceAsync(Laboratory lab)
    {
        await lab.StartHubAsync();
        SimulatedPeripheral[] devices =
        [
            await lab.StartDeviceAsync(1, DeviceFiles.BloodPressure("just-works")),
            await lab.StartDeviceAsync(2, DeviceFiles.Oximeter()),
            await lab.StartDeviceAsync(3, DeviceFiles.Thermometer()),
        ];
        foreach (SimulatedPeripheral device in devices)
        {
            await lab.PairAsync(device.Address, null, "--yes");
        }

        await Task.WhenAll(devices.Select(device => device.MeasureAsync(2)));
        await lab.ArrivedOnceAsync(DeviceFiles.Second, devices);
    }
}
