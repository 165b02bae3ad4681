using System.Text.Json;
using HomeHub.Gateway.Commands;
using HomeHub.Testing.Time;

namespace HomeHub.Gateway.Tests.Commands.Consent;

/// <summary>The commands over a real book.</summary>
public sealed class ConsentCommandsTests : IDisposable
{
    private static readonly string[] Person = ["--patient", "Patient/p1", "--recipient", "care-team", "--present", "nurse 7"];

    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-consent-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_was_given_and_withdrawn_is_listed_with_its_history()
    {
        Assert.Contains("Nobody has decided", (await RunAsync("list")).Output, StringComparison.Ordinal);
        CommandRun given = await RunAsync(["give", .. Person, "--kind", "weight", "--kind", "glucose", "--from", "2026-11-01T00:00+01:00"]);
        Assert.Equal((ExitCodes.Done, "", "care-team may have of Patient/p1: weight, glucose.\n"), (given.Exit, given.Error, given.Output));
        Assert.Equal(ExitCodes.Done, (await RunAsync(["withdraw", .. Person, "--kind", "glucose"])).Exit);
        JsonElement[] holds = await ListAsync("list", "--json");
        Assert.Equal([("weight", "given"), ("glucose", "withdrawn")], holds.Select(one => (one.GetProperty("kind").GetString()!, one.GetProperty("answer").GetString()!)));
        Assert.Equal(("2026-11-01T00:00:00+01:00", "nurse 7"), (holds[0].GetProperty("from").GetString(), holds[0].GetProperty("present").GetString()));
        Assert.Equal(JsonValueKind.Null, holds[1].GetProperty("from").ValueKind);
        Assert.Equal(["weight", "glucose", "glucose"], (await ListAsync("list", "--history", "--json")).Select(one => one.GetProperty("kind").GetString()));
        Assert.Contains("present: nurse 7", (await RunAsync("list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_kinds_are_given_at_once()
    {
        await RunAsync(["give", .. Person, "--kind", "all", "--from", "2026-11-01"]);
        Assert.Equal(7, (await ListAsync("list", "--json")).Length);
    }

    /// <summary>The room is everybody's at home: it is given by its name alone, and taken back with all.</summary>
    [Fact]
    public async Task All_kinds_leave_the_room_out_unless_they_are_taken_back()
    {
        await RunAsync(["give", .. Person, "--kind", "all", "--from", "2026-11-01"]);
        Assert.DoesNotContain(await ListAsync("list", "--json"), one => one.GetProperty("kind").GetString() == "room");
        await RunAsync(["give", .. Person, "--kind", "room", "--from", "2026-11-01"]);
        CommandRun run = await RunAsync(["withdraw", .. Person, "--kind", "all"]);
        Assert.Equal(ExitCodes.Done, run.Exit);
        Assert.Contains("activity, room.", run.Output, StringComparison.Ordinal);
        Assert.All(await ListAsync("list", "--json"), one => Assert.Equal("withdrawn", one.GetProperty("answer").GetString()));
    }

    [Theory]
    [InlineData("withdraw")]
    [InlineData("refuse")]
    public async Task What_makes_no_sense_is_not_recorded(string answer)
    {
        if (answer == "refuse")
        {
            await RunAsync(["give", .. Person, "--kind", "weight", "--from", "2026-11-01T00:00Z"]);
        }

        CommandRun run = await RunAsync([answer, .. Person, "--kind", "weight"]);
        Assert.Equal(ExitCodes.Failed, run.Exit);
        Assert.Contains("weight: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(answer == "refuse" ? 1 : 0, (await ListAsync("list", "--history", "--json")).Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task From_now_on_needs_a_clock_that_is_known_and_a_withdrawal_never_waits(bool isKnown)
    {
        using var error = new StringWriter();
        var io = new CommandIo(Stream.Null, Stream.Null, error, TimeProvider.System) { Clock = _ => new ClockDouble { IsTimeKnown = isKnown } };
        int exit = await HomeHubCommand.RunAsync(["consent", "give", .. Person, "--kind", "weight", "--data", _folder], io, default);
        Assert.Equal(isKnown ? ExitCodes.Done : ExitCodes.Failed, exit);
        Assert.Equal(!isKnown, error.ToString().Contains("--from", StringComparison.Ordinal));
        await RunAsync(["give", .. Person, "--kind", "weight", "--from", "2026-11-01T00:00Z"]);
        Assert.Equal(ExitCodes.Done, await HomeHubCommand.RunAsync(["consent", "withdraw", .. Person, "--kind", "weight", "--data", _folder], io, default));
    }

    [Theory]
    [InlineData("--kind", "--patient", "Patient/p1", "--recipient", "care-team", "--present", "nurse")]
    [InlineData("there is no kind mood", "--patient", "Patient/p1", "--recipient", "care-team", "--present", "nurse", "--kind", "mood")]
    [InlineData("--recipient must be one of this hub's: care-team", "--patient", "Patient/p1", "--recipient", "insurer", "--present", "nurse", "--kind", "weight")]
    [InlineData("--patient", "--recipient", "care-team", "--present", "nurse", "--kind", "weight")]
    [InlineData("--present", "--patient", "Patient/p1", "--recipient", "care-team", "--kind", "weight")]
    [InlineData("--present", "--patient", "Patient/p1", "--recipient", "care-team", "--kind", "weight", "--present", " ")]
    [InlineData("--from", "--patient", "Patient/p1", "--recipient", "care-team", "--present", "nurse", "--kind", "weight", "--from", "yesterday")]
    public async Task A_wrong_command_line_says_why(string why, params string[] said)
    {
        CommandRun run = await RunAsync(["give", .. said]);
        Assert.Equal(ExitCodes.Usage, run.Exit);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
    }

    private async Task<JsonElement[]> ListAsync(params string[] arguments) =>
        [.. (await RunAsync(arguments)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    private Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.OfArgumentsAsync(["consent", .. arguments, "--data", _folder]);
}
