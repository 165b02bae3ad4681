namespace HomeHub.Lab.Scenarios;

/// <summary>More than one device in a house.</summary>
internal static class SeveralDevices
{
    /// <summary>Three devices that measured before the hub came, and advertise at once when it does.</summary>
    public static async Task ThreeAtOnceAsync(Laboratory lab)
    {
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
        await lab.StartHubAsync();
        await lab.ArrivedOnceAsync(DeviceFiles.Second, devices);
    }
}
