using System.Text.Json;
using HomeHub.Core.Acts;
using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Delivery;
using HomeHub.Core.Erasure;
using HomeHub.Core.Identity;
using HomeHub.Core.ManualEntries;
using HomeHub.Core.People;
using HomeHub.Gateway.Commands;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;
using HomeHub.Gateway.Requests;
using HomeHub.Sqlite;
using HomeHub.Testing;
using HomeHub.Testing.Audit;
using HomeHub.Testing.Buffering;
using HomeHub.Testing.Consent;
using HomeHub.Testing.Delivery;
using HomeHub.Testing.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Gateway.Tests.Commands.Readings;

/// <summary>The commands over a real buffer, without a hub and beside one that holds it.</summary>
public sealed class ReadingCommandsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-readings-").FullName;

    [Fact]
    public async Task What_is_nobodys_is_listed_without_values_unless_they_are_asked_for()
    {
        await FillAsync();
        JsonElement plain = JsonDocument.Parse((await RunAsync("unassigned", "--json")).Output).RootElement;
        Assert.Equal(["id", "effectiveAt", "receivedAt", "kind", "characteristic", "device", "reason"], plain.EnumerateObject().Select(key => key.Name));
        Assert.Equal((4, "unknown-user", "MDC_PRESS_BLD_NONINV"), (plain.GetProperty("id").GetInt32(), plain.GetProperty("reason").GetString(), plain.GetProperty("kind").GetString()));
        JsonElement shown = JsonDocument.Parse((await RunAsync("unassigned", "--json", "--show-values")).Output).RootElement;
        Assert.Contains("MDC_PRESS_BLD_NONINV_SYS 130 mm[Hg]", shown.GetProperty("values").EnumerateArray().Select(value => value.GetString()));
        Assert.Equal("Patient/p1", shown.GetProperty("like").GetString());
        CommandRun text = await RunAsync("unassigned");
        Assert.Contains("unknown-user", text.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("130", text.Output, StringComparison.Ordinal);
        Assert.Contains("like Patient/p1's", (await RunAsync("unassigned", "--show-values")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patients_readings_are_listed_by_their_numbers_and_what_was_taken_back_as_such()
    {
        await FillAsync();
        await RunAsync("take-back", "2", "--reason", "guest", "--by", "nurse 7");
        string[] lines = (await RunAsync("list", "--patient", "Patient/p1", "--json", "--show-values")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        JsonElement[] listed = [.. lines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal([(1, false), (2, true), (3, false)], listed.Select(reading => (reading.GetProperty("id").GetInt32(), reading.GetProperty("takenBack").GetBoolean())));
        Assert.Contains("MDC_PRESS_BLD_NONINV_SYS 128 mm[Hg]", listed[0].GetProperty("values").EnumerateArray().Select(value => value.GetString()));
        string text = (await RunAsync("list", "--patient", "Patient/p1")).Output;
        Assert.Contains("(taken back)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("128", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reading_is_assigned_once_and_the_act_is_told_with_who_did_it()
    {
        await FillAsync();
        Assert.Equal(ExitCodes.Done, (await RunAsync("assign", "4", "--patient", "Patient/p1", "--by", "nurse 7")).Exit);
        CommandRun again = await RunAsync("assign", "4", "--patient", "Patient/p1", "--by", "nurse 7");
        Assert.Equal(ExitCodes.Failed, again.Exit);
        Assert.Contains("somebody's already", again.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Failed, (await RunAsync("take-back", "99", "--reason", "guest", "--by", "nurse 7")).Exit);
        Assert.Equal(ExitCodes.Done, (await RunAsync("take-back", "4", "--reason", "wrong-person", "--by", "nurse 8", "--patient", SampleReadings.OtherPatient.Key)).Exit);
        JsonElement[] acts = [.. (await RunAsync("acts", "--json")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["assign", "take-back"], acts.Select(act => act.GetProperty("act").GetString()));
        Assert.Equal(["nurse 7", "nurse 8"], acts.Select(act => act.GetProperty("by").GetString()));
        Assert.Equal((JsonValueKind.Null, "Patient/p1"), (acts[0].GetProperty("before").ValueKind, acts[1].GetProperty("before").GetString()));
        Assert.Equal((SampleReadings.OtherPatient.Key, 5), (acts[1].GetProperty("patient").GetString(), acts[1].GetProperty("newReading").GetInt32()));
        Assert.Contains("(wrong-person)", (await RunAsync("acts")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_entered_twice_is_entered_once_and_the_command_says_so()
    {
        await FillAsync();
        string[] said = ["enter", "--patient", "Patient/p1", "--kind", "weight", "--value", "81.4", "--unit", "kg", "--at", "2026-03-14T07:58+01:00", "--by", "nurse 7"];
        CommandRun first = await RunAsync(said);
        Assert.Equal((ExitCodes.Done, "It is entered as Patient/p1's."), (first.Exit, first.Output.Trim()));
        CommandRun second = await RunAsync(said);
        Assert.Equal(ExitCodes.Done, second.Exit);
        Assert.Contains("already entered", second.Output, StringComparison.Ordinal);
        Assert.Contains("--again", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("81", second.Output, StringComparison.Ordinal);
        Assert.Contains("It is entered", (await RunAsync([.. said, "--again"])).Output, StringComparison.Ordinal);
        Assert.Contains("already entered", (await RunAsync([.. said, "--again"])).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("acts", "--json")).Output.Split('\n').Count(line => line.Contains("\"enter\"", StringComparison.Ordinal)));

        Assert.Equal(ExitCodes.Done, (await RunAsync("take-back", "5", "--reason", "wrong-reading", "--by", "nurse 7")).Exit);
        CommandRun third = await RunAsync(said);
        Assert.Equal(ExitCodes.Failed, third.Exit);
        Assert.Contains("taken back", third.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_the_hub_did_after_the_command_had_given_up_is_not_made_again()
    {
        await FillAsync();
        var entry = new ManualEntry
        {
            Kind = ManualKind.Weight, Patient = new PatientReference("Patient/p1"), At = SampleReadings.Start.AddHours(-1), Unit = "kg", Value = 81.4m, IsAgain = true,
        };
        RequestFiles.Write(_folder, new ReadingRequest(Guid.NewGuid(), ActKind.Enter, 0, SampleReadings.Start, "nurse 7", null, "Patient/p1") { Entry = EntryRequest.Of(entry) });
        await using (SqliteReadingBuffer buffer = await OpenAsync())
        {
            await using var uplink = new UplinkDouble();
            var desk = Desk(buffer, uplink);
            await desk.WorkAsync(default);
            Assert.Equal(5, (await buffer.CountAsync(default)).Taken);
        }

        string at = entry.At.ToString("yyyy-MM-ddTHH:mmzzz", System.Globalization.CultureInfo.InvariantCulture);
        CommandRun again = await RunAsync(
            "enter", "--patient", "Patient/p1", "--kind", "weight", "--value", "81.4", "--unit", "kg", "--at", at, "--again", "--by", "nurse 7");
        Assert.Contains("already entered", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_that_holds_the_buffer_does_what_is_asked_and_answers()
    {
        await FillAsync();
        await using SqliteReadingBuffer buffer = await OpenAsync();
        int woken = 0;
        var audit = new InMemoryAuditLog();
        await using var uplink = new UplinkDouble();
        var desk = Desk(buffer, uplink, audit, () => woken++);
        Task<CommandRun> asking = RunAsync("discard", "4", "--reason", "guest", "--by", "nurse 7");
        while (!asking.IsCompleted)
        {
            await desk.WorkAsync(default);
            await Task.WhenAny(asking, Task.Delay(10));
        }

        CommandRun asked = await asking;
        Assert.Equal((ExitCodes.Done, ""), (asked.Exit, asked.Error));
        Assert.Equal((1, 1), (woken, (await buffer.CountAsync(default)).Discarded));
        AuditNote noted = Assert.Single(await audit.ReadAsync(0, 10, default)).Note;
        Assert.Equal((AuditActs.ReadingDiscarded, "nurse 7", "reading=4; reason=guest"), (noted.Act, noted.Who, noted.About));
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder, "requests")));
    }

    [Fact]
    public async Task The_records_of_a_forgotten_device_that_have_left_the_hub_are_forgotten_by_whoever_holds_the_buffer()
    {
        var io = new CommandIo(Stream.Null, Stream.Null, TextWriter.Null, TimeProvider.System);
        await BufferAccess.ForgetDeviceAsync(io, _folder, SampleReadings.Monitor.Address, default);
        Assert.Empty(Directory.GetFiles(_folder));
        NewReading gone = SampleReadings.BloodPressure(1).ToKeep();
        await using (SqliteReadingBuffer buffer = await OpenAsync())
        {
            await buffer.AppendAsync([gone], default);
            await buffer.PruneAsync(DateTimeOffset.MaxValue.AddDays(-1), default);
            Assert.Equal([AppendOutcome.Duplicate], await buffer.AppendAsync([gone], default));
        }

        await BufferAccess.ForgetDeviceAsync(io, _folder, SampleReadings.Monitor.Address, default);
        await using SqliteReadingBuffer held = await OpenAsync();
        Assert.Equal([AppendOutcome.Stored], await held.AppendAsync([gone], default));
        await held.PruneAsync(DateTimeOffset.MaxValue.AddDays(-1), default);
        await using var uplink = new UplinkDouble();
        var desk = Desk(held, uplink);
        Task asking = BufferAccess.ForgetDeviceAsync(io, _folder, SampleReadings.Monitor.Address, default);
        while (!asking.IsCompleted)
        {
            await desk.WorkAsync(default);
            await Task.WhenAny(asking, Task.Delay(10));
        }

        await asking;
        Assert.Equal([AppendOutcome.Stored], await held.AppendAsync([gone], default));
    }

    [Fact]
    public async Task A_request_that_makes_no_sense_is_answered_and_does_nothing()
    {
        await FillAsync();
        await using SqliteReadingBuffer buffer = await OpenAsync();
        await using var uplink = new UplinkDouble();
        var desk = Desk(buffer, uplink);
        Guid bad = Guid.NewGuid(), broken = Guid.NewGuid(), huge = Guid.NewGuid(), discarding = Guid.NewGuid(), empty = Guid.NewGuid();
        var weight = new EntryRequest(ManualKind.Weight, SampleReadings.Start, "kg", "81.4", null, null, null);
        ReadingRequest entering = new(huge, ActKind.Enter, 0, SampleReadings.Start, "nurse", null, "Patient/p1");
        RequestFiles.Write(_folder, entering with { Entry = weight with { Value = "79228162514264337593543950335" } });
        RequestFiles.Write(_folder, entering with { Id = empty });
        RequestFiles.Write(_folder, entering with { Id = discarding, Kind = ActKind.Assign, Reading = 4, Entry = weight });
        RequestFiles.Write(_folder, new ReadingRequest(bad, ActKind.Assign, 4, SampleReadings.Start, "", null, "nobody"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "requests", $"{broken:N}.request.json"), new string('{', RequestFiles.MaxBytes + 1));
        await desk.WorkAsync(default);
        Assert.All([bad, huge, empty, discarding], id => Assert.Equal(new ReadingAnswer(null), RequestFiles.TakeAnswer(_folder, id)));
        Assert.Equal(new ReadingAnswer(null), RequestFiles.TakeAnswer(_folder, broken));
        Assert.Null(RequestFiles.TakeAnswer(_folder, broken));
        Assert.Equal(1, (await buffer.CountAsync(default)).Unassigned);
    }

    [Fact]
    public async Task A_request_is_for_the_owners_eyes_and_an_answer_that_nobody_fetches_goes()
    {
        Guid id = Guid.NewGuid();
        RequestFiles.Write(_folder, new ReadingRequest(id, ActKind.Discard, 1, SampleReadings.Start, "nurse", "guest", null));
        string file = Assert.Single(Directory.GetFiles(Path.Combine(_folder, "requests")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file));
        Assert.Equal(id, Assert.Single(RequestFiles.List(_folder)).Request!.Id);
        RequestFiles.Answer(_folder, id, new ReadingAnswer(ActOutcome.Done));
        Assert.Empty(RequestFiles.List(_folder));
        var time = new ManualTime(SampleReadings.Start);
        await using var uplink = new UplinkDouble();
        var desk = Desk(new InMemoryReadingBuffer(), uplink, time: time);
        await desk.WorkAsync(default);

        // Once the time is known the clock may leap by years, and no hour has passed.
        time.Step(TimeSpan.FromDays(9_000));
        time.Advance(RequestDesk.AnswerAge);
        await desk.WorkAsync(default);
        Assert.NotNull(RequestFiles.TakeAnswer(_folder, id));
        await desk.WorkAsync(default);
        RequestFiles.Answer(_folder, id, new ReadingAnswer(ActOutcome.Done));
        await desk.WorkAsync(default);
        time.Advance(RequestDesk.AnswerAge + TimeSpan.FromSeconds(1));
        await desk.WorkAsync(default);
        Assert.Null(RequestFiles.TakeAnswer(_folder, id));
    }

    [Fact]
    public async Task Readings_are_erased_only_when_that_is_said_and_it_is_noted_who_said_so()
    {
        await FillAsync();
        Assert.Contains("0 readings wait for nothing", (await RunAsync("erase", "--patient", "Patient/p1")).Output, StringComparison.Ordinal);
        Assert.Contains("--by", (await RunAsync("erase", "--patient", "Patient/p1", "--yes")).Error, StringComparison.Ordinal);
        Assert.Contains("0 readings and 0 payloads in quarantine are erased; 3 readings", (await RunAsync("erase", "--patient", "Patient/p1", "--by", "nurse 7", "--yes")).Output, StringComparison.Ordinal);
        Assert.Contains("3 readings and", (await RunAsync("erase", "--patient", "Patient/p1", "--by", "nurse 7", "--with-waiting", "--yes")).Output, StringComparison.Ordinal);
        Assert.Equal("", (await RunAsync("list", "--patient", "Patient/p1", "--json")).Output);
        await using IAuditLog audit = await SqliteAuditLog.OpenAsync(_folder, default);
        AuditNote note = (await audit.ReadLastAsync(default))!.Note;
        Assert.Equal((AuditActs.ReadingsErased, "nurse 7", "erased=3; not-understood=0; on-their-way=0"), (note.Act, note.Who, note.About));
    }

    [Fact]
    public async Task The_hub_that_runs_erases_for_a_command_and_says_how_much()
    {
        await FillAsync();
        await using SqliteReadingBuffer buffer = await OpenAsync();
        await using var uplink = new UplinkDouble();
        bool isWoken = false;
        RequestDesk desk = Desk(buffer, uplink, woken: () => isWoken = true);
        Task<CommandRun> command = RunAsync("erase", "--patient", "Patient/p1", "--by", "nurse 7", "--with-waiting", "--yes");
        while (!command.IsCompleted)
        {
            await desk.WorkAsync(default);
            await Task.Delay(20);
        }

        Assert.Contains("3 readings and 0 payloads in quarantine are erased; 0 readings", (await command).Output, StringComparison.Ordinal);
        Assert.True(isWoken);
        Assert.Equal(default, await buffer.CountHeldAsync(SampleReadings.Patient, default));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<SqliteReadingBuffer> OpenAsync() => SqliteReadingBuffer.OpenAsync(
        new SqliteBufferOptions { Folder = _folder }, TimeProvider.System, NullLogger<SqliteReadingBuffer>.Instance);

    private RequestDesk Desk(IReadingBuffer buffer, IUplink uplink, IAuditLog? audit = null, Action? woken = null, TimeProvider? time = null)
    {
        audit ??= new InMemoryAuditLog();
        time ??= TimeProvider.System;
        return new RequestDesk(
            new HubParts(
                _folder, new HubConfiguration(), buffer, new EncoderDouble(), uplink, SampleConsents.Book(), audit, () => null, NullLoggerFactory.Instance, time, new ClockDouble()),
            new ReadingDesk(buffer, audit, () => SampleConsents.Rules(), time, woken),
            new ErasureDesk(buffer, audit, time, woken));
    }

    /// <summary>Three readings of a patient, and one, number 4, of an unknown user.</summary>
    private async Task FillAsync()
    {
        await using SqliteReadingBuffer buffer = await OpenAsync();
        await buffer.AppendAsync(SampleReadings.Many(1, 3), default);
        await buffer.AppendAsync(
            [
                new NewReading(
                    SampleReadings.BloodPressure(9, PatientReference.Nobody, systolic: 130) with { Unassigned = UnassignedReason.UnknownUser },
                    [new NewDelivery(Recipient.CareTeam, DeliveryState.Unassigned)]),
            ],
            default);
    }

    private Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.OfArgumentsAsync(["readings", .. arguments, "--data", _folder]);
}
