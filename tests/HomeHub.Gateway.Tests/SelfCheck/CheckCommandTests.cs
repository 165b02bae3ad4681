using System.Text.Json;
using HomeHub.Gateway.Tests.Commands;
using HomeHub.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Gateway.Tests.SelfCheck;

public sealed class CheckCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-check-").FullName;

    [Fact]
    public async Task A_sound_hub_is_told_check_by_check_also_while_another_holds_the_buffer()
    {
        await using SqliteReadingBuffer buffer = await SqliteReadingBuffer.OpenAsync(new SqliteBufferOptions { Folder = _folder }, TimeProvider.System, NullLogger<SqliteReadingBuffer>.Instance);
        CommandRun run = await CommandRun.OfArgumentsAsync("check", "--data", _folder, "--json");
        JsonElement report = JsonSerializer.Deserialize<JsonElement>(run.Output);
        JsonElement[] checks = [.. report.GetProperty("checks").EnumerateArray()];
        Assert.Equal(["database", "disk", "clock", "certificates", "adapter"], checks.Select(check => check.GetProperty("name").GetString()));
        Assert.Equal(["name", "outcome", "reason", "since", "detail"], checks[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(("good", "off", "off"), (Outcome(checks[0]), Outcome(checks[3]), Outcome(checks[4])));
        Assert.True(run.Exit == (report.GetProperty("outcome").GetString() == "bad" ? 1 : 0), run.Output);
    }

    [Fact]
    public async Task What_is_bad_is_told_with_what_to_do_and_exit_status_1()
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder, "consent.db"), [.. Enumerable.Repeat((byte)'x', 8192)]);
        CommandRun run = await CommandRun.OfArgumentsAsync("check", "--data", _folder);
        Assert.Equal(1, run.Exit);
        Assert.Contains("bad:database-damaged (consent.db)", run.Output, StringComparison.Ordinal);
        Assert.Contains("sets the damaged file aside", run.Output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string? Outcome(JsonElement check) => check.GetProperty("outcome").GetString();
}
