using System.Globalization;
using System.Text.Json;
using HomeHub.Testing.Programs;
using Xunit;

namespace HomeHub.Lab.Scenarios;

/// <summary>The room where the hub stands, by a real driver of the kernel.</summary>
internal static class Room
{
    private const int Port = 8443;

    private const string Pin = "483920", Status = "/status";

    /// <summary>
    /// A sensor is on the board; somebody lives there and gives the room: what the kernel's driver works out arrives as the room's. The sensor is pulled out: the page says so.
    /// </summary>
    public static async Task MeasuredAsync(Laboratory lab)
    {
        await EmulatedSensor.PlugInAsync();
        await lab.FigureAsync($"the kernel prints {(await EmulatedSensor.PrintedAsync("in_temp_input")).Trim()} and {(await EmulatedSensor.PrintedAsync("in_humidityrelative_input")).Trim()}");
        await lab.StartHubAsync("--pages", $"https://0.0.0.0:{Port}");
        await lab.HubSaysAsync("The sensor of the room is read", 1, Laboratory.Patience);
        await lab.HubSaysAsync("Pages at", 1, Laboratory.Patience);
        using PagesVisitor nurse = await PagesVisitor.ClaimAsync(Port, await lab.CommandAsync("label", "--data", lab.HubFolder), Pin);
        string page = await nurse.ReadAsync(Status);
        Assert.Contains("25.1 °C", page, StringComparison.Ordinal);
        Assert.Contains("54 %", page, StringComparison.Ordinal);
        await nurse.CheckAsync("/setup/people", "/setup/people/check", ("id", Laboratory.Patient));
        await nurse.SendAsync("/setup/people/add", ("id", Laboratory.Patient), ("name", "Begoña"));
        Assert.Empty(await lab.Api.ListMeasurementsAsync());
        await lab.CommandAsync("consent", "give", "--patient", Laboratory.Patient, "--kind", "room", "--recipient", "care-team", "--from", DeviceFiles.InUseSince, "--present", "nurse", "--data", lab.HubFolder);

        JsonElement[] told = [];
        await Laboratory.HoldsAsync(async () => (told = [.. await lab.Api.ListMeasurementsAsync()]).Length > 0, "the relay has Observations");
        Assert.Equal([$"60832-3={EmulatedSensor.Celsius}", $"65643-9={EmulatedSensor.Percent}"], told.Select(Told).Distinct().Order(StringComparer.Ordinal));
        Assert.All(told, one => Assert.StartsWith("Location/", one.GetProperty("subject").GetProperty("reference").GetString(), StringComparison.Ordinal));

        await EmulatedSensor.PullOutAsync();
        await Laboratory.HoldsAsync(async () => (await nurse.ReadAsync(Status)).Contains("There is none", StringComparison.Ordinal), "the page says that there is no sensor any more");
        Assert.DoesNotContain("25.08", lab.HubLog, StringComparison.Ordinal);
    }

    private static string Told(JsonElement observation) => string.Create(
        CultureInfo.InvariantCulture,
        $"{observation.GetProperty("code").GetProperty("coding")[0].GetProperty("code").GetString()}={observation.GetProperty("valueQuantity").GetProperty("value").GetRawText()}");
}
