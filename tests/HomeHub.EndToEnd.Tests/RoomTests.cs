using System.Globalization;
using System.Text.Json;
using HomeHub.Core.Household;
using HomeHub.Core.Identity;
using HomeHub.EndToEnd.Tests.Lab;
using HomeHub.Sqlite;
using HomeHub.Testing;
using HomeHub.Testing.Programs;

namespace HomeHub.EndToEnd.Tests;

/// <summary>The room, from the kernel's files to the relay: once, as a Location's, and only with everybody's consent.</summary>
public sealed class RoomTests
{
    private static readonly PatientReference One = new("Patient/p1"), Other = new("Patient/p2");

    [Fact]
    public async Task What_the_sensor_tells_arrives_once_and_only_while_everybody_gives_it()
    {
        await using Laboratory lab = await Laboratory.OpenAsync();
        await using BrokerSpy spy = await BrokerSpy.StartAsync(lab.Broker);
        string config = await WriteSensorAsync(lab, "21340", "45123");
        using Executable hub = lab.StartHub("--config", config);
        await SettlesAsync(lab, status => status.GetProperty("withheld").GetInt32() == 1);

        // Nobody lives here, then one who gives it, then another who does not yet.
        await using IHousehold household = await SqliteHousehold.OpenAsync(lab.HubFolder, default);
        await household.AddPeopleAsync([One, Other], default);
        await lab.ConsentAsync("give", One.Key, "all", "--from", "2026-01-01T00:00Z");
        await lab.ConsentAsync("give", One.Key, "room", "--from", "2026-01-01T00:00Z");
        await Eventually.HoldsAsync(() => spy.BundlesTo("care-team").Any(text => text.Contains("\"Consent\"", StringComparison.Ordinal)), "the care team is told of the first consent");
        JsonElement before = await lab.StatusAsync();
        Assert.Equal((1, 0), (before.GetProperty("withheld").GetInt32(), before.GetProperty("receipted").GetInt32()));
        Assert.DoesNotContain(spy.BundlesTo("care-team"), text => text.Contains("\"Location\"", StringComparison.Ordinal));
        await lab.ConsentAsync("give", Other.Key, "room", "--from", "2026-01-01T00:00Z");
        JsonElement status = await SettlesAsync(lab, now => now.GetProperty("receipted").GetInt32() == 1);
        Assert.Equal(("ready", 0), (status.GetProperty("room").GetString(), status.GetProperty("withheld").GetInt32()));
        Assert.True(status.GetProperty("roomAt").GetDateTimeOffset() > new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

        JsonElement location = Assert.Single(await EntriesAsync(lab, "Location"));
        string room = $"Location/{location.GetProperty("id").GetString()}";
        JsonElement[] observations = await EntriesAsync(lab, $"Observation?subject={room}");
        Assert.Equal(["60832-3=21.340", "65643-9=45.123"], observations.Select(Told).Order(StringComparer.Ordinal));
        Assert.All(observations, one => Assert.Equal(room, one.GetProperty("subject").GetProperty("reference").GetString()));
        Assert.Equal(2, (await EntriesAsync(lab, "Observation")).Length);
        Assert.Empty(await EntriesAsync(lab, $"Observation?patient={One.Key}"));

        // What is read after one of them took it back stays here, also after a restart.
        await lab.ConsentAsync("withdraw", Other.Key, "room");
        Assert.Equal(0, await hub.StopAsync());
        await WriteSensorAsync(lab, "22500", "44000");
        using Executable again = lab.StartHub("--config", config);
        await SettlesAsync(lab, now => now.GetProperty("withheld").GetInt32() == 1 && now.GetProperty("broker").GetString() == "connected");
        Assert.Equal(2, (await EntriesAsync(lab, "Observation")).Length);

        // The one who does not give it leaves: of the time before nothing is set free, of what comes after the other one alone says.
        await household.RemovePersonAsync((await household.ListPeopleAsync(default)).Single(person => person.Patient == Other).Number, default);
        await Eventually.HoldsAsync(() => new FileInfo(Path.Combine(lab.HubFolder, $"{SqliteHousehold.FileName}-wal")).Length > 0, "the hub notes in the household's file, whose log is empty, that somebody left");
        Assert.Equal(0, await again.StopAsync());
        await WriteSensorAsync(lab, "23750", "43000");
        using Executable third = lab.StartHub("--config", config);
        await SettlesAsync(lab, now => now.GetProperty("receipted").GetInt32() == 2 && now.GetProperty("withheld").GetInt32() == 1);
        Assert.Equal(
            ["60832-3=21.340", "60832-3=23.750", "65643-9=43.000", "65643-9=45.123"],
            (await EntriesAsync(lab, $"Observation?subject={room}")).Select(Told).Order(StringComparer.Ordinal));
        Assert.Single(await EntriesAsync(lab, "Location"));
        Assert.Equal(0, await third.StopAsync());

        (int exit, string table, string error) = await lab.CommandAsync("export", "--data", lab.HubFolder, "--room", "--format", "csv");
        Assert.True(exit == 0, error);
        Assert.Equal(7, table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain(new[] { "21340", "21.34", "45.123", "22.5", "23.75" }, value => lab.Logs.Contains(value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_board_without_a_sensor_runs_the_same_and_says_so()
    {
        await using Laboratory lab = await Laboratory.OpenAsync(withRelay: false);
        string config = await WriteConfigurationAsync(lab, Path.Combine(lab.HubFolder, "no-such-folder"));
        using Executable hub = lab.StartHub("--config", config);
        await SettlesAsync(lab, now => now.GetProperty("room").GetString() == "none");
        Assert.Equal(JsonValueKind.Null, (await lab.StatusAsync()).GetProperty("roomAt").ValueKind);
        Assert.Equal(0, await hub.StopAsync());
        Assert.False(File.Exists(Path.Combine(lab.HubFolder, SqliteHousehold.FileName)));
        Assert.DoesNotContain("room", lab.Logs, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A folder as the kernel's, with a sensor that tells; and a configuration that names it.</summary>
    private static async Task<string> WriteSensorAsync(Laboratory lab, string celsius, string percent)
    {
        string folder = Path.Combine(lab.HubFolder, "recorded-iio"), device = Path.Combine(folder, "iio:device0");
        Directory.CreateDirectory(device);
        await File.WriteAllTextAsync(Path.Combine(device, "name"), "bme280\n");
        await File.WriteAllTextAsync(Path.Combine(device, "in_temp_input"), celsius + "\n");
        await File.WriteAllTextAsync(Path.Combine(device, "in_humidityrelative_input"), percent + "\n");
        return await WriteConfigurationAsync(lab, folder);
    }

    private static async Task<string> WriteConfigurationAsync(Laboratory lab, string folder)
    {
        Directory.CreateDirectory(lab.HubFolder);
        string path = Path.Combine(lab.HubFolder, "homehub.json");
        await File.WriteAllTextAsync(path, $$"""{ "clock": { "trust": "always" }, "timeZone": "Europe/Madrid", "room": { "folder": {{JsonSerializer.Serialize(folder)}} } }""");
        return path;
    }

    private static async Task<JsonElement> SettlesAsync(Laboratory lab, Func<JsonElement, bool> isSo)
    {
        JsonElement status = default;
        await Eventually.HoldsAsync(async () => isSo(status = await lab.StatusAsync()), () => $"{status} {lab.Logs}", Executable.Patience, TimeSpan.FromMilliseconds(200));
        return status;
    }

    private static async Task<JsonElement[]> EntriesAsync(Laboratory lab, string path)
    {
        JsonElement bundle = await lab.Api.GetAsync(path);
        return bundle.TryGetProperty("entry", out JsonElement entries) ? [.. entries.EnumerateArray().Select(entry => entry.GetProperty("resource"))] : [];
    }

    private static string Told(JsonElement observation) => string.Create(
        CultureInfo.InvariantCulture,
        $"{observation.GetProperty("code").GetProperty("coding")[0].GetProperty("code").GetString()}={observation.GetProperty("valueQuantity").GetProperty("value").GetRawText()}");
}
