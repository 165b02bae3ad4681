using System.Text.RegularExpressions;
using System.Text.Json;
using Xunit;

namespace HomeHub.Lab.Scenarios;

/// <summary>A nurse sets a device up, and its first reading arrives.</summary>
internal static partial class Pairing
{
    /// <summary>A device without display or keys.</summary>
    public static async Task JustWorksAsync(Laboratory lab)
    {
        await lab.StartHubAsync();
        SimulatedPeripheral device = await lab.StartDeviceAsync(1, DeviceFiles.BloodPressure("just-works"));
        JsonElement paired = await lab.PairAsync(device.Address, null, "--yes");
        Assert.Equal("secure-connections", paired.GetProperty("bond").GetString());
        await device.MeasureAsync();
        await lab.ArrivedOnceAsync(DeviceFiles.Second, device);
        Assert.Equal(JsonValueKind.Null, (await lab.DeviceAsync(device.Address)).GetProperty("trouble").ValueKind);
        string steps = StepsOfASession().Matches(lab.HubLog).Last(match => match.Groups["values"].Value != "0").Groups["steps"].Value;
        await lab.FigureAsync($"a device that advertises, in the emulated machine: {steps}");
    }

    /// <summary>A device that shows a number.</summary>
    public static async Task PasskeyAsync(Laboratory lab)
    {
        await lab.StartHubAsync();
        SimulatedPeripheral device = await lab.StartDeviceAsync(1, DeviceFiles.BloodPressure("passkey"));
        JsonElement paired = await lab.PairAsync(device.Address, async command => await command.TypeAsync(await device.PasskeyAsync()));
        Assert.Equal("secure-connections-authenticated", paired.GetProperty("bond").GetString());
        await device.MeasureAsync();
        await lab.ArrivedOnceAsync(DeviceFiles.Second, device);
    }

    [GeneratedRegex(@": (?<values>\d+) values; (?<steps>connected after .*?done after \d+ ms)")]
    private static partial Regex StepsOfASession();
}
