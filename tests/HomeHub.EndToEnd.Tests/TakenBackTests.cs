using System.Text.Json;
using HomeHub.EndToEnd.Tests.Lab;
using HomeHub.Testing;
using HomeHub.Testing.Programs;

namespace HomeHub.EndToEnd.Tests;

/// <summary>A reading that the relay has is taken back at the running hub: by the hub's, the broker's and the relay's own programs.</summary>
public sealed class TakenBackTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_receipted_reading_is_entered_in_error_at_the_relay_with_its_history_and_somebody_elses_is_new(bool isSomebodyElses)
    {
        await using Laboratory lab = await Laboratory.OpenAsync();
        using Executable hub = lab.StartHub("--simulate", WriteHousehold(lab));
        await Eventually.HoldsAsync(() => hub.Error.Contains("The simulation has ended", StringComparison.Ordinal), "the simulation ends");
        await HoldsAsync(lab, status => status.GetProperty("receipted").GetInt32() == 2);
        int before = await lab.Api.CountMeasurementsAsync();
        int reading = await FirstAsync(lab, "Patient/p1");

        string[] other = isSomebodyElses ? ["--patient", "Patient/p2"] : [];
        (int exit, _, string error) = await lab.CommandAsync(
            ["readings", "take-back", $"{reading}", "--reason", isSomebodyElses ? "wrong-person" : "guest", "--by", "nurse 7", "--data", lab.HubFolder, .. other]);
        Assert.True(exit == 0, error);
        await HoldsAsync(lab, status => status.GetProperty("takenBack").GetInt32() == 1 && IsDrained(status));

        IReadOnlyList<JsonElement> theirs = await lab.Api.SearchAsync("Observation?patient=p1&_count=100");
        JsonElement[] taken = [.. theirs.Where(one => one.GetProperty("status").GetString() == "entered-in-error")];
        Assert.NotEmpty(taken);
        Assert.Equal(theirs.Count, theirs.Count(one => one.GetProperty("status").GetString() == "final") + taken.Length);
        Assert.All(taken, one => Assert.Equal("2", one.GetProperty("meta").GetProperty("versionId").GetString()));
        foreach (JsonElement one in taken)
        {
            JsonElement history = await lab.Api.GetAsync($"Observation/{one.GetProperty("id").GetString()}/_history");
            Assert.Equal(
                ["entered-in-error", "final"],
                history.GetProperty("entry").EnumerateArray().Select(entry => entry.GetProperty("resource").GetProperty("status").GetString()));
        }

        // What belongs to one reading goes together: the new one has as many Observations as the one that was taken back.
        int others = (await lab.Api.SearchAsync("Observation?patient=p2&_count=100")).Count;
        Assert.Equal(isSomebodyElses ? taken.Length : 0, others);
        Assert.Equal(before + others, await lab.Api.CountMeasurementsAsync());
        Assert.Equal(0, await hub.StopAsync());
    }

    private static async Task HoldsAsync(Laboratory lab, Func<JsonElement, bool> holds)
    {
        JsonElement status = default;
        await Eventually.HoldsAsync(
            async () => holds(status = await lab.StatusAsync()), () => $"{status} {lab.Logs}", TimeSpan.FromSeconds(90), TimeSpan.FromMilliseconds(200));
    }

    private static bool IsDrained(JsonElement status) => status.GetProperty("buffered").GetInt32() + status.GetProperty("sent").GetInt32() == 0;

    private static async Task<int> FirstAsync(Laboratory lab, string patient)
    {
        (int exit, string output, string error) = await lab.CommandAsync("readings", "list", "--patient", patient, "--json", "--data", lab.HubFolder);
        Assert.True(exit == 0, error);
        return JsonSerializer.Deserialize<JsonElement>(output.Split('\n')[0]).GetProperty("id").GetInt32();
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
