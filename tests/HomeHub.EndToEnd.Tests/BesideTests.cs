using System.Text.Json;
using System.Text.RegularExpressions;
using HomeHub.EndToEnd.Tests.Lab;
using HomeHub.Testing;
using HomeHub.Testing.Programs;

namespace HomeHub.EndToEnd.Tests;

/// <summary>Commands beside a running hub, and how it is stopped.</summary>
public class BesideTests
{
    [Fact]
    public async Task Status_export_and_retry_work_beside_a_running_hub()
    {
        await using Laboratory lab = await Laboratory.OpenAsync();
        using Executable hub = lab.StartHub("--simulate", WriteHousehold(lab));
        await Eventually.HoldsAsync(() => hub.Error.Contains("The simulation has ended", StringComparison.Ordinal), "the simulation ends");
        JsonElement status = await lab.StatusAsync();
        DateTimeOffset end = TimeProvider.System.GetUtcNow() + Eventually.Deadline;
        while (status.GetProperty("receipted").GetInt32() < 4 || status.GetProperty("broker").GetString() != "connected")
        {
            Assert.True(TimeProvider.System.GetUtcNow() < end, status.GetRawText());
            await Task.Delay(200);
            status = await lab.StatusAsync();
        }

        Assert.Equal(hub.Id, status.GetProperty("pid").GetInt32());

        (int exit, _, string error) = await lab.CommandAsync("export", "--data", lab.HubFolder);
        Assert.Equal(2, exit);
        Assert.Contains("--patient", error, StringComparison.Ordinal);
        (exit, string fhir, error) = await lab.CommandAsync("export", "--data", lab.HubFolder, "--patient", "Patient/p1");
        Assert.True(exit == 0, error);
        JsonElement bundle = JsonSerializer.Deserialize<JsonElement>(fhir);
        Assert.Equal("collection", bundle.GetProperty("type").GetString());
        (exit, string csv, error) = await lab.CommandAsync("export", "--data", lab.HubFolder, "--patient", "Patient/p2", "--format", "csv");
        Assert.True(exit == 0, error);
        Assert.True(csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length > 2);
        (exit, string table, error) = await lab.CommandAsync("status", "--data", lab.HubFolder);
        Assert.True(exit == 0, error);
        Assert.Contains("Receipted", table, StringComparison.Ordinal);
        (exit, _, error) = await lab.CommandAsync("retry-rejected", "--data", lab.HubFolder);
        Assert.True(exit == 0, error);

        (exit, _, error) = await lab.CommandAsync("run", "--data", lab.HubFolder, "--broker", lab.Broker.Url);
        Assert.Equal(1, exit);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => line.StartsWith("homehub: ", StringComparison.Ordinal));

        Assert.Equal(0, await hub.StopAsync());
        Assert.Equal("stopped", (await lab.StatusAsync()).GetProperty("broker").GetString());
    }

    [Fact]
    public async Task The_version_is_that_of_the_build()
    {
        using var version = Executable.Start(Executable.Hub, "--version");
        Assert.Equal(0, await version.ExitAsync());
        Assert.Equal(Gateway.Hub.Adapters.SoftwareVersion, version.Output.Trim());
    }

    [Fact]
    public async Task A_killed_hub_is_not_shown_as_running()
    {
        await using Laboratory lab = await Laboratory.OpenAsync(withRelay: false);
        using Executable hub = lab.StartHub();
        await Eventually.HoldsAsync(() => File.Exists(Path.Combine(lab.HubFolder, "run-state.json")), "the hub tells that it runs");
        await hub.KillAsync();
        Assert.Equal("stopped", (await lab.StatusAsync()).GetProperty("broker").GetString());
    }

    [Fact]
    public async Task The_demonstration_ends_with_nothing_lost()
    {
        string folder = Directory.CreateTempSubdirectory("homehub-demo-").FullName;
        using var demo = Executable.Start(Executable.Hub, "demo", "--repository", Executable.Repository, "--folder", folder, "--plain");
        int exit = await demo.ExitAsync();
        Assert.True(exit == 0, demo.Output + demo.Error);
        Assert.Contains("\nlost: 0\n", demo.Output, StringComparison.Ordinal);
        Assert.Contains(": receipted\n", demo.Output, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(folder, "export-*.json").Length);

        // The pages, by the command that it prints, with the people of its household.
        Match pages = Regex.Match(demo.Output, @"https://127\.0\.0\.1:(\d+)/ \(claim code (\S+);.*\n(.+ run .+)\n");
        Assert.True(pages.Success, demo.Output);
        string[] command = pages.Groups[3].Value.Split(' ');
        using Executable hub = Executable.Start(command[0], command[1..]);
        await Eventually.HoldsAsync(() => hub.Error.Contains("Pages at", StringComparison.Ordinal), "the pages of the demo's household are served");
        using var label = Executable.Start(Executable.Hub, "label", "--data", Directory.GetDirectories(folder, "hub", SearchOption.AllDirectories).Single());
        Assert.Equal(0, await label.ExitAsync());
        Assert.Contains(pages.Groups[2].Value, label.Output, StringComparison.Ordinal);
        using PagesVisitor nurse = await PagesVisitor.ClaimAsync(int.Parse(pages.Groups[1].Value, null), label.Output, "739104");
        string people = await nurse.ReadAsync("/people");
        Assert.Contains("anna", people, StringComparison.Ordinal);
        Assert.Contains("bruno", people, StringComparison.Ordinal);
        Assert.Equal(0, await hub.StopAsync());
        Directory.Delete(folder, recursive: true);
    }

    private static string WriteHousehold(Laboratory lab)
    {
        string path = Path.Combine(Path.GetDirectoryName(lab.HubFolder)!, "household.json");
        File.WriteAllText(path, """
            {
              "seed": 5,
              "devices": [
                { "kind": "blood-pressure", "patient": "Patient/p1", "address": "C0:FF:EE:00:00:01", "connections": 2 },
                { "kind": "thermometer", "patient": "Patient/p2", "address": "C0:FF:EE:00:00:02", "connections": 2 }
              ]
            }
            """);
        return path;
    }
}
