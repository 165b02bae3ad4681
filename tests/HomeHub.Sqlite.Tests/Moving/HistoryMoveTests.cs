using HomeHub.Core.Acquisition;
using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Holding;
using HomeHub.Core.Household;
using HomeHub.Core.Identity;
using HomeHub.Core.Moving;
using HomeHub.Core.Peripherals;
using HomeHub.Testing;
using HomeHub.Testing.Climate;

namespace HomeHub.Sqlite.Tests.Moving;

/// <summary>What one hub had the next one has, and each thing comes out right that is about one of them.</summary>
public sealed class HistoryMoveTests : IDisposable
{
    private readonly MovingBench _bench = new();

    [Fact]
    public async Task Readings_of_every_state_move_and_just_those_are_sent_that_were_to_be()
    {
        await _bench.FillAsync();
        MovedHub moved = await _bench.PackAsync();
        Assert.Equal((9L, 3L), (moved.Readings, moved.Waiting));
        await _bench.TakeInAsync();
        await _bench.SettleAsync(_bench.New.Path);

        await using SqliteReadingBuffer buffer = await _bench.New.OpenAsync();
        Assert.Null(buffer.Recovery);
        BufferCounts counts = await buffer.CountAsync(default);
        Assert.Equal((3, 0, 1, 1), (counts.Buffered, counts.Sent, counts.Receipted, counts.Rejected));
        Assert.Equal((1, 1, 1, 1, 1), (counts.Local, counts.Withheld, counts.Unassigned, counts.Discarded, counts.Quarantined));
        IReadOnlyList<BufferedReading> leased = await buffer.LeaseAsync(Recipient.CareTeam, 100, MovingBench.Now, default);
        Assert.Equal(
            [(0, false), (1, false), (8, true)],
            leased.Select(reading => (Number: (int)(reading.Record.ReceivedAt - SampleReadings.Start).TotalMinutes, reading.Record.IsTakenBack)).OrderBy(one => one.Number));

        // The device tells its memory again, to the new hub.
        AppendOutcome[] again = await buffer.AppendAsync([.. Enumerable.Range(0, 9).Select(number => SampleReadings.BloodPressure(number).ToSend())], default);
        Assert.All(again, outcome => Assert.Equal(AppendOutcome.Duplicate, outcome));
        Assert.Equal([AppendOutcome.Stored], await buffer.AppendAsync([SampleReadings.BloodPressure(77).ToSend()], default));
    }

    [Fact]
    public async Task What_is_of_the_room_moves_too()
    {
        await _bench.FillAsync();
        await using (SqliteReadingBuffer old = await _bench.Old.OpenAsync())
        {
            await old.AppendAsync([SampleRoom.Reading(60).ToSend()], default);
        }

        MovedHub moved = await _bench.PackAsync();
        Assert.Equal((10L, 4L), (moved.Readings, moved.Waiting));
        await _bench.TakeInAsync();
        await _bench.SettleAsync(_bench.New.Path);
        await using SqliteReadingBuffer buffer = await _bench.New.OpenAsync();
        Assert.Equal([SampleRoom.Reading(60).Identity], (await buffer.ReadHistoryAsync(PatientReference.Room, default).ToListAsync()).Select(one => one.Record.Identity));
        Assert.DoesNotContain(PatientReference.Room, await buffer.ListPatientsAsync(default));
    }

    [Fact]
    public async Task The_new_hub_stays_itself_and_names_what_it_took_as_the_old_one_did()
    {
        await _bench.FillAsync();
        await _bench.PackAsync();
        await _bench.TakeInAsync();
        await _bench.SettleAsync(_bench.New.Path);
        for (int start = 0; start < 2; start++)
        {
            await using SqliteReadingBuffer buffer = await _bench.New.OpenAsync();
            Assert.Equal(_bench.NewHub with { Space = _bench.OldHub.Id }, buffer.Hub);
        }

        // Also when the database is lost.
        File.Delete(_bench.New.Database);
        await using SqliteReadingBuffer mended = await _bench.New.OpenAsync();
        Assert.NotNull(mended.Recovery);
        Assert.Equal((_bench.NewHub.Id, _bench.OldHub.Id), (mended.Hub.Id, mended.Hub.Space));
    }

    [Fact]
    public async Task A_second_move_keeps_the_names_of_the_first_hub()
    {
        await _bench.FillAsync();
        await _bench.PackAsync();
        await _bench.TakeInAsync();
        await _bench.SettleAsync(_bench.New.Path);
        string archive = _bench.New.Path + ".archive";
        using var third = new BufferFolder();
        try
        {
            await HistoryMoves.PackAsync(_bench.New.Path, archive, _bench.Code, MovingBench.Who, TimeProvider.System, default);
            HubIdentity own;
            await using (SqliteReadingBuffer buffer = await third.OpenAsync())
            {
                own = buffer.Hub;
            }

            using (FileStream from = File.OpenRead(archive))
            {
                await HistoryMoves.TakeInAsync(third.Path, own, from, _bench.Code, MovingBench.Who, MovingBench.Now, default);
            }

            await _bench.SettleAsync(third.Path);
            await using SqliteReadingBuffer last = await third.OpenAsync();
            Assert.Equal((own.Id, _bench.OldHub.Id), (last.Hub.Id, last.Hub.Space));
        }
        finally
        {
            File.Delete(archive);
        }
    }

    [Fact]
    public async Task Devices_people_and_consents_are_there_and_bonded_devices_are_told_of()
    {
        await _bench.FillAsync();
        await _bench.PackAsync();
        await _bench.TakeInAsync();
        await _bench.SettleAsync(_bench.New.Path);

        await using SqliteDeviceRegistry devices = await SqliteDeviceRegistry.OpenAsync(_bench.New.Path, default);
        RegisteredDevice cuff = (await devices.FindAsync(MovingBench.Cuff, default))!, scale = (await devices.FindAsync(MovingBench.Scale, default))!;
        Assert.Equal((SampleReadings.Patient, PeripheralFault.BondLost), (cuff.Patient, cuff.Trouble!.Fault));
        Assert.Equal((SampleReadings.OtherPatient, null), (scale.Patient, scale.Trouble));
        Assert.Equal(7, Assert.Single((await devices.GetMemoryAsync(MovingBench.Cuff, default)).Marks).SequenceNumber);

        // Paired again, it keeps whose it is and how far its records are known.
        await devices.SaveAsync(cuff with { Bond = BondSecurity.SecureConnectionsAuthenticated }, default);
        Assert.Null((await devices.FindAsync(MovingBench.Cuff, default))!.Trouble);
        Assert.Single((await devices.GetMemoryAsync(MovingBench.Cuff, default)).Marks);

        await using SqliteConsentBook consents = await SqliteConsentBook.OpenAsync(_bench.New.Path, default);
        Assert.True(consents.State.Permits(SampleReadings.BloodPressure(1), Recipient.CareTeam));
        await using SqliteHousehold household = await SqliteHousehold.OpenAsync(_bench.New.Path, default);
        Assert.Equal("the nurse's", (await household.GetPinAsync(HouseholdAccounts.Nurse, default)).Hash);
        Assert.Equal("the person's", (await household.GetPinAsync(1, default)).Hash);
        Assert.Null(await household.EnsureClaimCodeAsync(ClaimCode.Create(), default));
        Assert.Equal(SignInTries.None, await household.GetTriesAsync("0", default));
        Assert.Equal("Europe/Madrid", await household.GetSettingAsync(HouseholdSettings.TimeZone, default));
        Assert.Null(await household.GetSettingAsync(HouseholdSettings.OfTheMachine[0], default));
    }

    [Fact]
    public async Task Both_logs_tell_of_it_and_hold_as_chains()
    {
        await _bench.FillAsync();
        await _bench.PackAsync();
        await _bench.TakeInAsync();
        await _bench.SettleAsync(_bench.New.Path);
        IReadOnlyList<AuditEntry> old = await MovingBench.ReadAuditAsync(_bench.Old.Path), here = await MovingBench.ReadAuditAsync(_bench.New.Path);
        Assert.Equal([AuditActs.DevicePaired, AuditActs.HubMovedAway], old.Select(entry => entry.Note.Act));
        Assert.Equal([AuditActs.DevicePaired, AuditActs.HubMovedAway, AuditActs.HubTakenIn], here.Select(entry => entry.Note.Act));
        Assert.Equal(old[1].Mark, here[1].Mark);
        Assert.Equal("readings=9; to-be-sent=3", old[1].Note.About);
        Assert.Equal($"from-hub={_bench.OldHub.Id:D}; to-hub={_bench.NewHub.Id:D}", here[2].Note.About);
    }

    [Fact]
    public async Task A_hub_without_a_nurse_leaves_the_code_of_the_new_label_valid()
    {
        await _bench.FillAsync();
        File.Delete(Path.Combine(_bench.Old.Path, SqliteHousehold.FileName));
        await using (SqliteHousehold old = await SqliteHousehold.OpenAsync(_bench.Old.Path, default))
        {
            await old.EnsureClaimCodeAsync("ACDE-FGHJ-KM34", default);
        }

        await using (SqliteHousehold household = await SqliteHousehold.OpenAsync(_bench.New.Path, default))
        {
            await household.EnsureClaimCodeAsync("3479-ACDE-FGHJ", default);
        }

        await _bench.PackAsync();
        await _bench.TakeInAsync();
        await _bench.SettleAsync(_bench.New.Path);
        await using SqliteHousehold taken = await SqliteHousehold.OpenAsync(_bench.New.Path, default);
        Assert.Equal("3479-ACDE-FGHJ", await taken.GetClaimCodeAsync(default));
    }

    [Fact]
    public async Task A_wrong_code_a_changed_file_and_one_that_is_cut_short_change_nothing()
    {
        await _bench.FillAsync();
        await _bench.PackAsync();
        string[] before = FilesOf(_bench.New.Path);
        Assert.Equal(MoveProblem.WrongCode, await _bench.RefusedAsync(TransferCode.Create()));
        byte[] archive = await File.ReadAllBytesAsync(_bench.Archive);
        await File.WriteAllBytesAsync(_bench.Archive, archive[..^100]);
        Assert.Equal(MoveProblem.CutShort, await _bench.RefusedAsync());
        archive[archive.Length / 2] ^= 4;
        await File.WriteAllBytesAsync(_bench.Archive, archive);
        Assert.Equal(MoveProblem.Damaged, await _bench.RefusedAsync());
        await File.WriteAllTextAsync(_bench.Archive, "a photo of a dog, which is no archive at all and so is not taken");
        Assert.Equal(MoveProblem.NotAnArchive, await _bench.RefusedAsync());
        Assert.Equal(before, FilesOf(_bench.New.Path));
    }

    [Fact]
    public async Task A_hub_on_which_something_of_a_home_is_takes_nothing()
    {
        await _bench.FillAsync();
        await _bench.PackAsync();
        await using (SqliteHousehold household = await SqliteHousehold.OpenAsync(_bench.New.Path, default))
        {
            await household.AddPeopleAsync([SampleReadings.Patient], default);
        }

        Assert.Equal(MoveProblem.NotEmpty, await _bench.RefusedAsync());
        File.Delete(Path.Combine(_bench.New.Path, SqliteHousehold.FileName));
        await using (SqliteReadingBuffer buffer = await _bench.New.OpenAsync())
        {
            await buffer.AppendAsync([SampleReadings.BloodPressure(50).ToSend()], default);
        }

        Assert.Equal(MoveProblem.NotEmpty, await _bench.RefusedAsync());
        Assert.Equal(MoveProblem.NotEmpty, HistoryMoves.FindObstacle(_bench.Old.Path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_hub_that_somebody_makes_theirs_while_the_file_comes_in_takes_nothing(bool isClaimed)
    {
        await _bench.FillAsync();
        await _bench.PackAsync();
        using FileStream archive = File.OpenRead(_bench.Archive);
        using var file = new InterruptedStream(archive, async () =>
        {
            if (!isClaimed)
            {
                await using SqliteReadingBuffer buffer = await _bench.New.OpenAsync();
                await buffer.AppendAsync([SampleReadings.BloodPressure(50).ToSend()], default);
                return;
            }

            await using SqliteHousehold household = await SqliteHousehold.OpenAsync(_bench.New.Path, default);
            Assert.True(await household.ClaimAsync((await household.GetClaimCodeAsync(default))!, "somebody's", default));
        });
        await using (SqliteHousehold household = await SqliteHousehold.OpenAsync(_bench.New.Path, default))
        {
            await household.EnsureClaimCodeAsync(ClaimCode.Create(), default);
        }

        MoveException refused = await Assert.ThrowsAsync<MoveException>(
            () => HistoryMoves.TakeInAsync(_bench.New.Path, _bench.NewHub, file, _bench.Code, MovingBench.Who, MovingBench.Now, default));
        Assert.Equal(MoveProblem.NotEmpty, refused.Problem);
        Assert.False(HistoryMoves.IsWaiting(_bench.New.Path));
        Assert.False(Directory.Exists(Path.Combine(_bench.New.Path, "move-in")));
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_not_taken_and_a_damaged_one_neither()
    {
        await _bench.FillAsync();
        string devices = Path.Combine(_bench.Old.Path, SqliteDeviceRegistry.FileName);
        using (Connection connection = Connection.OpenWriter(devices))
        {
            connection.Execute("PRAGMA user_version = 99");
        }

        await _bench.PackAsync();
        Assert.Equal(MoveProblem.NewerVersion, await _bench.RefusedAsync());
        await HistoryMoves.UndoAsync(_bench.Old.Path, MovingBench.Who, MovingBench.Now, default);
        await File.WriteAllBytesAsync(devices, new byte[8192]);
        File.Delete(_bench.Archive);
        await Assert.ThrowsAsync<BufferException>(() => _bench.PackAsync());
        Assert.Null(HistoryMoves.ReadMoved(_bench.Old.Path));
    }

    [Fact]
    public async Task What_is_held_keeps_a_hub_from_being_packed()
    {
        await _bench.FillAsync();
        await using (SqliteHeldPayloads held = await SqliteHeldPayloads.OpenAsync(_bench.Old.Path, default))
        {
            Assert.True(await held.HoldAsync([new HeldPayload(new DevicePayload("session-1", SampleReadings.Patient, SampleReadings.Monitor, null, SampleReadings.Rejected(1).Payload), "boot-1", TimeSpan.FromMinutes(1))], default));
        }

        Assert.Equal(MoveProblem.Held, HistoryMoves.FindHindrance(_bench.Old.Path, isHere: true));
        Assert.Equal(MoveProblem.Held, (await Assert.ThrowsAsync<MoveException>(() => _bench.PackAsync())).Problem);
        Assert.Null(HistoryMoves.ReadMoved(_bench.Old.Path));
        Assert.False(File.Exists(_bench.Archive));
    }

    [Fact]
    public async Task A_hub_that_runs_is_not_packed_beside()
    {
        await _bench.FillAsync();
        await using SqliteReadingBuffer running = await _bench.Old.OpenAsync();
        Assert.Equal(BufferFault.Locked, (await Assert.ThrowsAsync<BufferException>(() => _bench.PackAsync())).Fault);
        Assert.Null(HistoryMoves.ReadMoved(_bench.Old.Path));
    }

    [Fact]
    public async Task A_move_that_did_not_happen_leaves_all_as_it_was()
    {
        await _bench.FillAsync();
        await _bench.PackAsync(Path.Combine(_bench.Old.Path, "move-away.archive"));
        Assert.NotNull(HistoryMoves.ReadMoved(_bench.Old.Path));
        await HistoryMoves.UndoAsync(_bench.Old.Path, MovingBench.Who, MovingBench.Now, default);
        Assert.Null(HistoryMoves.ReadMoved(_bench.Old.Path));
        Assert.Empty(Directory.GetFiles(_bench.Old.Path, "move-*"));
        await using SqliteReadingBuffer buffer = await _bench.Old.OpenAsync();
        Assert.Equal((3, 1), ((int)(await buffer.CountAsync(default)).Buffered, (int)(await buffer.CountAsync(default)).Receipted));
        Assert.Equal([AuditActs.DevicePaired, AuditActs.HubMovedAway, AuditActs.HubMoveUndone], (await MovingBench.ReadAuditAsync(_bench.Old.Path)).Select(entry => entry.Note.Act));
    }

    [Fact]
    public async Task Wiping_leaves_no_octet_of_a_reading_and_a_new_hub()
    {
        await _bench.FillAsync();
        await File.WriteAllTextAsync(Path.Combine(_bench.Old.Path, "buffer.db.damaged-20260101T000000Z"), "what was set aside");
        Directory.CreateDirectory(Path.Combine(_bench.Old.Path, "pages-cookie-keys"));
        await File.WriteAllTextAsync(Path.Combine(_bench.Old.Path, "pages-cookie-keys", "key.xml"), "a key");
        await File.WriteAllTextAsync(Path.Combine(_bench.Old.Path, "site.json"), "the site's own");
        await _bench.PackAsync();
        string mark = (await MovingBench.ReadAuditAsync(_bench.Old.Path))[^1].Mark;
        WipeProof proof = await HistoryMoves.WipeAsync(_bench.Old.Path, MovingBench.Who, MovingBench.Now);
        Assert.Equal((mark, 9L, MovingBench.Who), (proof.Mark, proof.Moved.Readings, proof.Who));
        Assert.True(proof.Files >= 6);
        Assert.Empty(Directory.GetFiles(_bench.Old.Path, "*.db*"));
        await _bench.SettleAsync(_bench.Old.Path);
        Assert.Equal(["buffer.lock", "site.json"], FilesOf(_bench.Old.Path).Select(file => file.Split(' ')[0]));
        await using SqliteReadingBuffer fresh = await _bench.Old.OpenAsync();
        Assert.NotEqual(_bench.OldHub.Id, fresh.Hub.Id);
        Assert.Equal(0, (await fresh.CountAsync(default)).Taken);
    }

    public void Dispose() => _bench.Dispose();

    private static string[] FilesOf(string folder) =>
        [.. Directory.GetFileSystemEntries(folder).Where(path => !path.EndsWith("-shm", StringComparison.Ordinal) && !path.EndsWith("-wal", StringComparison.Ordinal)).Select(path => $"{Path.GetFileName(path)} {(File.Exists(path) ? new FileInfo(path).Length : 0)}").Order(StringComparer.Ordinal)];
}
