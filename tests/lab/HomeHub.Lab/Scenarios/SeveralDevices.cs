namespace HomeHub.Lab.Scenarios;

/// <summary>More than one device in a house.</summary>
internal static class SeveralDevices
{
    private const string SleepsWithoutNews = ", \"advertisesOnlyWithNews\": true";

    /// <summary>Three devices that are set up one after the other, measure in the same moment and advertise at once.</summary>
    public static async Task ThreeAtOnceAsync(Laboratory lab)
    {
        await lab.StartHubAsync();
        SimulatedPeripheral[] devices =
        [
            await lab.StartDeviceAsync(1, DeviceFiles.BloodPressure("just-works", SleepsWithoutNews)),
            await lab.StartDeviceAsync(2, DeviceFiles.Oximeter(SleepsWithoutNews)),
            await lab.StartDeviceAsync(3, DeviceFiles.Thermometer(SleepsWithoutNews)),
        ];
        await lab.SetUpInTurnAsync(devices);
        await Task.WhenAll(devices.Select(device => device.MeasureAsync(2)));
        await lab.ArrivedOnceAsync(DeviceFiles.Second, devices);
    }
}
