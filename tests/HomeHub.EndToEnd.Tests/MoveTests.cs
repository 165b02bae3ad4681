using System.Text.Json;
using HomeHub.Core.Identity;
using HomeHub.EndToEnd.Tests.Lab;
using HomeHub.Testing;
using HomeHub.Testing.Programs;

namespace HomeHub.EndToEnd.Tests;

/// <summary>A hub is replaced: by the hub's, the broker's and the relay's own programs.</summary>
public sealed class MoveTests
{
    [Fact]
    public async Task What_the_old_hub_had_still_to_send_the_new_one_sends_and_the_relay_has_each_reading_once()
    {
        await using Laboratory lab = await Laboratory.OpenAsync();
        string first = lab.WriteCapture(60);
        using (Executable hub = lab.StartHub("--replay", first, "--exit-when-drained"))
        {
            Assert.True(await hub.ExitAsync() == 0, hub.Error);
        }

        // More comes while the relay is away: the broker has some of it, nobody has receipted it.
        await lab.KillRelayAsync();
        string all = lab.WriteCapture(160);
        using (Executable hub = lab.StartHub("--replay", all))
        {
            await Eventually.HoldsAsync(() => hub.Error.Contains(" has ended: ", StringComparison.Ordinal), "the capture is taken");
            await HoldsAsync(lab, status => status.GetProperty("sent").GetInt32() > 0);
            Assert.Equal(0, await hub.StopAsync());
        }

        JsonElement before = await lab.StatusAsync();
        Assert.True(before.GetProperty("receipted").GetInt32() > 0);
        HubIdentity old = lab.ReadHub();
        string oldFolder = lab.HubFolder;
        await MoveAsync(lab);
        Assert.NotEqual(old.Id, lab.ReadHub().Id);
        Assert.Equal(old.Id, lab.ReadHub().Space);

        // The old one takes and sends nothing any more, and says so.
        using (Executable hub = Executable.Start(Executable.Hub, "run", "--data", oldFolder, "--broker", lab.Broker.Url, "--replay", all))
        {
            Assert.Equal(1, await hub.ExitAsync());
            Assert.Contains("moved to another one", hub.Error, StringComparison.Ordinal);
        }

        (int exit, _, string error) = await lab.CommandAsync("retry-rejected", "--data", oldFolder);
        Assert.True(exit == 1 && error.Contains("moved to another one", StringComparison.Ordinal), error);
        (_, string status, _) = await lab.CommandAsync("status", "--data", oldFolder, "--json");
        Assert.Equal(JsonValueKind.String, JsonSerializer.Deserialize<JsonElement>(status).GetProperty("movedAt").ValueKind);

        // What the old one had with the broker is committed by the relay now; the new one sends all of it again; and the devices tell all of it again.
        await lab.StartRelayAsync();
        using (Executable hub = lab.StartHub("--replay", all, "--exit-when-drained"))
        {
            Assert.True(await hub.ExitAsync() == 0, hub.Error);
        }

        await lab.AssertAllArrivedOnceAsync(all);
        (exit, string verified, error) = await lab.CommandAsync("audit", "verify", "--data", lab.HubFolder);
        Assert.True(exit == 0 && verified.StartsWith("All 2 entries are as they were written", StringComparison.Ordinal), verified + error);
    }

    [Fact]
    public async Task The_new_hub_takes_back_what_the_old_one_sent_where_the_enrolment_says_that_it_replaces_it()
    {
        await using Laboratory lab = await Laboratory.OpenAsync();
        using (Executable hub = lab.StartHub("--simulate", WriteHousehold(lab)))
        {
            await Eventually.HoldsAsync(() => hub.Error.Contains("The simulation has ended", StringComparison.Ordinal), "the simulation ends");
            await HoldsAsync(lab, status => status.GetProperty("receipted").GetInt32() == 2);
            Assert.Equal(0, await hub.StopAsync());
        }

        int before = await lab.Api.CountMeasurementsAsync();
        Guid old = lab.ReadHub().Id;
        await MoveAsync(lab);
        await lab.StopRelayAsync();
        await File.WriteAllTextAsync(lab.EnrolmentFile, $$"""{"{{lab.ReadHub().Id:D}}": ["Patient/p1", "replaces:{{old:D}}"]}""");
        await lab.StartRelayAsync("--enrolment", lab.EnrolmentFile);
        (int exit, string listed, string error) = await lab.CommandAsync("readings", "list", "--patient", "Patient/p1", "--json", "--data", lab.HubFolder);
        Assert.True(exit == 0, error);
        int reading = JsonSerializer.Deserialize<JsonElement>(listed.Split('\n')[0]).GetProperty("id").GetInt32();
        (exit, _, error) = await lab.CommandAsync("readings", "take-back", $"{reading}", "--reason", "guest", "--by", "nurse 7", "--data", lab.HubFolder);
        Assert.True(exit == 0, error);
        using (Executable hub = lab.StartHub("--exit-when-drained"))
        {
            Assert.True(await hub.ExitAsync() == 0, hub.Error);
        }

        IReadOnlyList<JsonElement> theirs = await lab.Api.SearchAsync("Observation?patient=p1&_count=100");
        JsonElement[] taken = [.. theirs.Where(one => one.GetProperty("status").GetString() == "entered-in-error")];
        Assert.NotEmpty(taken);
        Assert.All(taken, one => Assert.Equal("2", one.GetProperty("meta").GetProperty("versionId").GetString()));
        Assert.Equal(before, await lab.Api.CountMeasurementsAsync());
    }

    private static async Task MoveAsync(Laboratory lab)
    {
        string archive = Path.Combine(Path.GetDirectoryName(lab.HubFolder)!, "history.homehub"), code = archive + ".code";
        (int exit, string shown, string error) = await lab.CommandAsync("move", "pack", "--to", archive, "--data", lab.HubFolder);
        Assert.True(exit == 0, error);
        await File.WriteAllTextAsync(code, shown);
        lab.UseHub("new-hub");
        (exit, _, error) = await lab.CommandAsync("move", "unpack", archive, "--code-file", code, "--data", lab.HubFolder);
        Assert.True(exit == 0, error);
    }

    private static async Task HoldsAsync(Laboratory lab, Func<JsonElement, bool> holds)
    {
        JsonElement status = default;
        await Eventually.HoldsAsync(
            async () => holds(status = await lab.StatusAsync()), () => $"{status} {lab.Logs}", TimeSpan.FromSeconds(90), TimeSpan.FromMilliseconds(200));
    }

    private static string WriteHousehold(Laboratory lab)
    {
        string path = Path.Combine(Path.GetDirectoryName(lab.HubFolder)!, "household.json");
        File.WriteAllText(path, """
            { "seed": 5, "devices": [ { "kind": "blood-pressure", "patient": "Patient/p1", "address": "C0:FF:EE:00:00:01", "connections": 2 } ] }
            """);
        return path;
    }
}
