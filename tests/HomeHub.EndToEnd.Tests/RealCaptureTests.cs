using System.Text.Json;
using HomeHub.EndToEnd.Tests.Lab;
using HomeHub.Testing.Programs;

namespace HomeHub.EndToEnd.Tests;

/// <summary>What real devices sent, all the way to the relay's FHIR API.</summary>
public class RealCaptureTests
{
    private static readonly string Captures = Path.Combine(Executable.Repository, "tests/captures/real-devices.ndjson");

    [Fact]
    public async Task Real_captures_arrive_and_a_second_replay_adds_nothing()
    {
        await using Laboratory lab = await Laboratory.OpenAsync();
        Assert.Equal(0, await lab.StartHub("--replay", Captures, "--exit-when-drained").ExitAsync());
        await lab.AssertAllArrivedOnceAsync(Captures);
        await AssertSoehnleAsync(lab);
        JsonElement first = await lab.StatusAsync();
        Assert.Equal(7, first.GetProperty("quarantined").GetInt32());
        Assert.Equal(2, first.GetProperty("quarantinedByCause").GetProperty("filler-record 2A18").GetInt32());
        int resources = await lab.Api.CountAsync();

        Assert.Equal(0, await lab.StartHub("--replay", Captures, "--exit-when-drained").ExitAsync());
        JsonElement second = await lab.StatusAsync();
        Assert.Equal(resources, await lab.Api.CountAsync());
        Assert.Equal(first.GetProperty("taken").GetInt32(), second.GetProperty("taken").GetInt32());
        Assert.Equal(first.GetProperty("quarantined").GetInt32(), second.GetProperty("quarantined").GetInt32());
        Assert.Equal(first.GetProperty("taken").GetInt32(), second.GetProperty("duplicates").GetInt32());
        AssertNothingPrivate(lab.Logs);
    }

    [Fact]
    public async Task Decode_gives_a_line_for_each_line()
    {
        string captures = await File.ReadAllTextAsync(Captures);
        using var decode = Executable.Start(Executable.Hub, "decode");
        await decode.FeedAsync(captures + "\nnot json\n");
        Assert.Equal(0, await decode.ExitAsync());
        JsonElement[] lines = [.. decode.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
        Assert.Equal(captures.Split('\n').Length - 1 + 2, lines.Length);
        Assert.Equal(["not-json", "not-json"], lines[^2..].Select(line => line.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal(7, lines[..^2].Count(line => line.GetProperty("error").ValueKind == JsonValueKind.Object));
        Assert.Equal("Device", lines[0].GetProperty("resources")[0].GetProperty("resourceType").GetString());
    }

    /// <summary>Soehnle Systo MC 400: 128/75 mmHg, mean 93, pulse 80.</summary>
    private static async Task AssertSoehnleAsync(Laboratory lab)
    {
        IReadOnlyList<JsonElement> found = await lab.Api.SearchAsync("Observation?code=http://loinc.org|85354-9&date=2022-08-04");
        JsonElement[] components = [.. Assert.Single(found).GetProperty("component").EnumerateArray()];
        Assert.Equal(
            ["128", "75", "93"],
            components.Select(component => component.GetProperty("valueQuantity").GetProperty("value").GetRawText()));
    }

    private static void AssertNothingPrivate(string logs)
    {
        Assert.Contains("HomeHub", logs, StringComparison.Ordinal);
        foreach (string secret in new[] { "D0:0D:1E", "d0:0d:1e", "D00D1E", "anna", "bruno", "1E80004B005D00", "128", "39.4" })
        {
            Assert.DoesNotContain(secret, logs, StringComparison.Ordinal);
        }
    }
}
