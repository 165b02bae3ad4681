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
        await lab.StartHubAsync();
        SimulatedPeripheral slow = await lab.StartDeviceAsync(
            1, DeviceFiles.BloodPressure("just-works", $", \"advertisesOnlyWithNews\": true, \"clockOffsetSeconds\": -{ThreeDaysInSeconds}"));
        SimulatedPeripheral without = await lab.StartDeviceAsync(2, DeviceFiles.Thermometer(", \"advertisesOnlyWithNews\": true, \"hasClock\": false"));
        await lab.SetUpInTurnAsync(slow, without);
        await slow.HappenedAsync("clock-set");
        await slow.MeasureAsync();
        await without.MeasureAsync();
        await lab.ArrivedOnceAsync(Reception, slow, without);
        Assert.Equal(1, slow.Count("clock-set"));
    }
}
