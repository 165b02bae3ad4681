using System.Text.Json;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Time;
using HomeHub.Gateway.Commands;
using HomeHub.Profiles;
using HomeHub.Sqlite;
using HomeHub.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Gateway.Tests.Commands;

public sealed class QuarantineCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-quarantine-").FullName;

    [Fact]
    public async Task What_has_no_time_is_listed_without_one_and_with_what_it_can_be_worked_out_from()
    {
        RejectedPayload unplaced = SampleReadings.Rejected(2) with
        {
            Error = new DecodeError(DecodeErrorCode.TimeUnknown, 0x2A35, "reception", 0),
            Unplaced = new UnplacedTime(new BootMoment("boot-1", TimeSpan.FromSeconds(660.5)), new PhdTimestamp(2026, 3, 14, 7, 44, 0, 4), TimeSpan.FromMinutes(10)),
        };
        RejectedPayload bare = SampleReadings.Rejected(3) with { Unplaced = new UnplacedTime(new BootMoment("boot-1", TimeSpan.FromSeconds(700)), null, null) };
        await using (SqliteReadingBuffer buffer = await SqliteReadingBuffer.OpenAsync(
            new SqliteBufferOptions { Folder = _folder }, TimeProvider.System, NullLogger<SqliteReadingBuffer>.Instance))
        {
            await buffer.QuarantineAsync([SampleReadings.Rejected(1), unplaced, bare], default);
        }

        CommandRun run = await CommandRun.OfArgumentsAsync("quarantine", "list", "--data", _folder, "--json");
        Assert.Equal(ExitCodes.Done, run.Exit);
        JsonElement[] lines = [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(
            ["""{"receivedAt":"2026-03-14T07:01:00+01:00","code":"truncated","characteristic":"2A35","field":"Diastolic","offset":3}""",
             """{"receivedAt":null,"code":"time-unknown","characteristic":"2A35","field":"reception","offset":0,"boot":"boot-1","uptimeSeconds":660.5,"deviceClock":"2026-03-14T07:44:00+01:00","deviceClockUptimeSeconds":600}""",
             """{"receivedAt":null,"code":"truncated","characteristic":"2A35","field":"Diastolic","offset":3,"boot":"boot-1","uptimeSeconds":700}"""],
            lines.Select(line => line.GetRawText().Replace("\\u002B", "+", StringComparison.Ordinal)));

        run = await CommandRun.OfArgumentsAsync("quarantine", "list", "--data", _folder);
        Assert.Equal(2, run.Output.Split('\n').Count(line => line.StartsWith("time not known  ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_empty_one_says_so()
    {
        CommandRun run = await CommandRun.OfArgumentsAsync("quarantine", "list", "--data", _folder);
        Assert.Equal((ExitCodes.Done, "Nothing is in quarantine.\n"), (run.Exit, run.Output));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
