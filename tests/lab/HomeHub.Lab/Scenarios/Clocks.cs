using Xunit;

namespace HomeHub.Lab.Scenarios;

/// <summary>Clocks of devices that are wrong, or not there.</summary>
internal static class Clocks
{
    private const int ThreeDaysInSeconds = 3 * 24 * 60 * 60;

    /// <summary>What no clock tells is the time of reception: some seconds after the measurement.</summary>
    private static readonly TimeSpan Reception = TimeSpan.FromMinutes(2);

    /// <summary>The slow clock is compared, the reading set right by it, and then the clock set; without a clock the time of reception counts.</summary>
    public static async Task SlowAndMissingAsync(Laboratory lab)
    {
        SimulatedPeripheral slow = await lab.StartDeviceAsync(1, DeviceFiles.BloodPressure("just-works", $", \"clockOffsetSeconds\": -{ThreeDaysInSeconds}"));
        SimulatedPeripheral without = await lab.StartDeviceAsync(2, DeviceFiles.Thermometer(", \"hasClock\": false"));
        await lab.PairAsync(slow.Address, null, "--yes");
        await lab.PairAsync(without.Address, null, "--yes");
        await lab.StartHubAsync();
        await slow.MeasureAsync();
        await without.MeasureAsync();
        await lab.ArrivedOnceAsync(Reception, slow, without);
        await slow.HappenedAsync("clock-set");
        await slow.MeasureAsync();
        await lab.ArrivedOnceAsync(Reception, slow, without);
        Assert.Equal(1, slow.Count("clock-set"));
    }
}
