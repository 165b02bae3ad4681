using System.Text.Json;
using HomeHub.Gateway.Commands;

namespace HomeHub.Gateway.Tests.Commands.Audit;

/// <summary>What commands do is in the log, and the log is checked.</summary>
public sealed class AuditCommandsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-audit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_people_decided_is_listed_and_verified()
    {
        Assert.Contains("Nothing is recorded", (await RunAsync("list")).Output, StringComparison.Ordinal);
        Assert.Contains("empty", (await RunAsync("verify")).Output, StringComparison.Ordinal);
        await DecideAsync("give", "Patient/p1");
        await DecideAsync("give", "Patient/p2");
        await DecideAsync("withdraw", "Patient/p1");
        JsonElement[] listed = await ListAsync();
        Assert.Equal(
            [(1, "consent-given", "Patient/p1"), (2, "consent-given", "Patient/p2"), (3, "consent-withdrawn", "Patient/p1")],
            listed.Select(one => (one.GetProperty("number").GetInt32(), one.GetProperty("act").GetString()!, one.GetProperty("patient").GetString()!)));
        Assert.All(listed, one => Assert.Equal(("nurse 7", "recipient=care-team; kind=weight"), (one.GetProperty("by").GetString(), one.GetProperty("about").GetString())));
        Assert.Equal([1, 3], (await ListAsync("--patient", "Patient/p1")).Select(one => one.GetProperty("number").GetInt32()));
        Assert.Contains("consent-withdrawn  Patient/p1 recipient=care-team; kind=weight, by nurse 7", (await RunAsync("list")).Output, StringComparison.Ordinal);
        string mark = $"2:{listed[1].GetProperty("hash").GetString()![..16]}";
        Assert.Equal(ExitCodes.Done, (await RunAsync("verify", "--mark", mark)).Exit);
        CommandRun other = await RunAsync("verify", "--mark", "2:0000000000000000");
        Assert.Equal((ExitCodes.Failed, true), (other.Exit, other.Error.Contains("entry 2", StringComparison.Ordinal)));
        Assert.Equal(ExitCodes.Usage, (await RunAsync("verify", "--mark", "two")).Exit);
    }

    private async Task DecideAsync(string answer, string patient)
    {
        string[] from = answer == "give" ? ["--from", "2026-11-01T00:00Z"] : [];
        CommandRun run = await CommandRun.OfArgumentsAsync(
            ["consent", answer, "--patient", patient, "--kind", "weight", "--recipient", "care-team", "--present", "nurse 7", "--data", _folder, .. from]);
        Assert.Equal(ExitCodes.Done, run.Exit);
    }

    private async Task<JsonElement[]> ListAsync(params string[] more) =>
        [.. (await RunAsync(["list", "--json", .. more])).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    private Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.OfArgumentsAsync(["audit", .. arguments, "--data", _folder]);
}
