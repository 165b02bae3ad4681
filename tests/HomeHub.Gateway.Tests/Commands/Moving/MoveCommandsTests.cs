using HomeHub.Core.Moving;
using HomeHub.Gateway.Commands;
using HomeHub.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Gateway.Tests.Commands.Moving;

/// <summary>The commands by which a history moves.</summary>
public sealed class MoveCommandsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-move-").FullName;

    private string Old => Path.Combine(_folder, "old");

    private string New => Path.Combine(_folder, "new");

    private string Archive => Path.Combine(_folder, "history.homehub");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_code_stands_alone_on_standard_output_and_is_read_from_standard_input()
    {
        string code = await PackAsync();
        CommandRun run = await CommandRun.OfAsync(code.ToLowerInvariant() + "\n", "move", "unpack", Archive, "--data", New);
        Assert.True(run.Exit == ExitCodes.Done, run.Error);
        Assert.StartsWith("Transfer code: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("hub-taken-in", (await CommandRun.OfArgumentsAsync("audit", "list", "--data", New)).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(code, run.Error + run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_told_in_a_line_and_nothing_is_changed()
    {
        string code = await PackAsync();
        Assert.Equal(ExitCodes.Usage, (await CommandRun.OfAsync(code[..^1] + "\n", "move", "unpack", Archive, "--data", New)).Exit);
        CommandRun wrong = await CommandRun.OfAsync(TransferCode.Create().Text + "\n", "move", "unpack", Archive, "--data", New);
        Assert.Equal((ExitCodes.Failed, true), (wrong.Exit, wrong.Error.Contains("not that of this archive", StringComparison.Ordinal)));
        CommandRun full = await CommandRun.OfAsync(code + "\n", "move", "unpack", Archive, "--data", Old);
        Assert.Equal((ExitCodes.Failed, true), (full.Exit, full.Error.Contains("already", StringComparison.Ordinal)));
        Assert.Equal(ExitCodes.Usage, (await CommandRun.OfAsync("", "move", "unpack", Path.Combine(_folder, "none"), "--data", New)).Exit);
        Assert.Equal(ExitCodes.Usage, (await CommandRun.OfArgumentsAsync("move", "pack", "--data", New)).Exit);
        Assert.Equal(ExitCodes.Failed, (await CommandRun.OfArgumentsAsync("move", "pack", "--to", Path.Combine(_folder, "again"), "--data", Old)).Exit);
        Assert.Equal(ExitCodes.Failed, (await CommandRun.OfArgumentsAsync("move", "undo", "--data", New)).Exit);
        Assert.Equal(ExitCodes.Done, (await CommandRun.OfAsync(code + "\n", "move", "unpack", Archive, "--data", New)).Exit);
    }

    [Fact]
    public async Task A_hub_that_moved_is_not_changed_by_commands_until_the_move_is_undone()
    {
        await PackAsync();
        string[] consent = ["consent", "give", "--patient", "Patient/p1", "--kind", "weight", "--recipient", "care-team", "--present", "nurse 7", "--from", "2026-11-01T00:00Z", "--data", Old];
        CommandRun run = await CommandRun.OfArgumentsAsync(consent);
        Assert.Equal((ExitCodes.Failed, true), (run.Exit, run.Error.Contains("moved to another one", StringComparison.Ordinal)));
        Assert.Contains("to another hub on", (await CommandRun.OfArgumentsAsync("status", "--data", Old)).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Done, (await CommandRun.OfArgumentsAsync("move", "undo", "--data", Old)).Exit);
        Assert.Equal(ExitCodes.Done, (await CommandRun.OfArgumentsAsync(consent)).Exit);
    }

    [Fact]
    public async Task Wiping_needs_a_yes_and_prints_what_can_be_shown_for_it()
    {
        await PackAsync();
        Assert.Equal(ExitCodes.Usage, (await CommandRun.OfArgumentsAsync("move", "wipe", "--data", Old)).Exit);
        CommandRun run = await CommandRun.OfArgumentsAsync("move", "wipe", "--yes", "--data", Old);
        Assert.Equal((ExitCodes.Done, true), (run.Exit, run.Output.Contains("files were overwritten and removed", StringComparison.Ordinal)));
        Assert.Equal(["buffer.lock"], Directory.GetFileSystemEntries(Old).Select(Path.GetFileName));
        Assert.Equal(ExitCodes.Failed, (await CommandRun.OfArgumentsAsync("move", "wipe", "--yes", "--data", Old)).Exit);
    }

    private async Task<string> PackAsync()
    {
        await using (await SqliteReadingBuffer.OpenAsync(new SqliteBufferOptions { Folder = Old }, TimeProvider.System, NullLogger<SqliteReadingBuffer>.Instance))
        {
        }

        CommandRun run = await CommandRun.OfArgumentsAsync("move", "pack", "--to", Archive, "--data", Old);
        Assert.True(run.Exit == ExitCodes.Done, run.Error);
        return Assert.Single(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
