using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Testing;

namespace HomeHub.Sqlite.Tests.Audit;

/// <summary>The log is what was written, or says where it is not.</summary>
public sealed class SqliteAuditLogTests : IDisposable
{
    private readonly BufferFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Entries_are_numbered_kept_and_found_to_be_as_they_were_written()
    {
        await using (IAuditLog log = await OpenAsync())
        {
            Assert.Equal(new AuditCheck(0, null, null), await log.VerifyAsync(null, default));
            Assert.Null(await log.ReadLastAsync(default));
            await FillAsync(log, 3);
        }

        await using IAuditLog again = await OpenAsync();
        IReadOnlyList<AuditEntry> entries = await again.ReadAsync(0, 10, default);
        Assert.Equal([1, 2, 3], entries.Select(entry => entry.Number));
        Assert.Equal(Note(2), entries[1].Note);
        Assert.Equal(Note(3), (await again.ReadLastAsync(default))!.Note);
        Assert.Equal([3L], (await again.ReadAsync(2, 10, default)).Select(entry => entry.Number));
        Assert.Equal([1L], (await again.ReadAsync(0, 1, default)).Select(entry => entry.Number));
        AuditCheck check = await again.VerifyAsync(entries[1].Mark, default);
        Assert.Equal((3, entries[2].Mark, (long?)null), (check.Entries, check.Head, check.BrokenAt));
    }

    [Fact]
    public async Task Two_processes_add_to_one_chain()
    {
        await using IAuditLog one = await OpenAsync(), other = await OpenAsync();
        await Task.WhenAll(FillAsync(one, 20), FillAsync(other, 20));
        Assert.Equal((40, (long?)null), ((await one.VerifyAsync(null, default)).Entries, (await other.VerifyAsync(null, default)).BrokenAt));
    }

    [Theory]
    [InlineData("DELETE FROM entry WHERE number = 2")]
    [InlineData("UPDATE entry SET who = 'nobody' WHERE number = 2")]
    public async Task Nothing_can_be_changed_as_long_as_its_guards_stand(string change)
    {
        await using IAuditLog log = await OpenAsync();
        await FillAsync(log, 3);
        using Connection connection = OpenFile();
        Assert.Throws<BufferException>(() => connection.Execute(change));
        Assert.Null((await log.VerifyAsync(null, default)).BrokenAt);
    }

    [Theory]
    [InlineData("UPDATE entry SET who = 'nobody' WHERE number = 2", 2)]
    [InlineData("UPDATE entry SET about = NULL WHERE number = 2", 2)]
    [InlineData("UPDATE entry SET at_offset = 0 WHERE number = 3", 3)]
    [InlineData("DELETE FROM entry WHERE number = 2", 2)]
    [InlineData("DELETE FROM entry WHERE number = 1", 1)]
    [InlineData("UPDATE entry SET number = number + 10 WHERE number > 2", 3)]
    [InlineData("UPDATE entry SET hash = zeroblob(32) WHERE number = 4", 4)]
    public async Task Whoever_takes_the_guards_away_and_changes_something_is_found_out(string change, long at)
    {
        await using IAuditLog log = await OpenAsync();
        await FillAsync(log, 4);
        Change(change);
        Assert.Equal(at, (await log.VerifyAsync(null, default)).BrokenAt);
    }

    [Fact]
    public async Task Who_kept_a_mark_finds_out_that_the_end_is_gone_or_all_of_it_was_written_anew()
    {
        await using IAuditLog log = await OpenAsync();
        await FillAsync(log, 4);
        string mark = (await log.ReadLastAsync(default))!.Mark;
        Change("DELETE FROM entry WHERE number > 2");
        Assert.Null((await log.VerifyAsync(null, default)).BrokenAt);
        Assert.Equal(3, (await log.VerifyAsync(mark, default)).BrokenAt);
        await log.AddAsync(Note(7), default);
        await log.AddAsync(Note(8), default);
        Assert.Null((await log.VerifyAsync(null, default)).BrokenAt);
        Assert.Equal(4, (await log.VerifyAsync(mark, default)).BrokenAt);
    }

    [Fact]
    public async Task What_is_no_note_is_not_added()
    {
        await using IAuditLog log = await OpenAsync();
        foreach (AuditNote wrong in new[]
        {
            Note(1) with { Act = "" }, Note(1) with { Act = "Something else" }, Note(1) with { Who = " " }, Note(1) with { Who = "nurse\n7" },
            Note(1) with { About = new string('x', AuditNote.MaxChars + 1) },
        })
        {
            await Assert.ThrowsAsync<ArgumentException>(() => log.AddAsync(wrong, default));
        }

        Assert.Empty(await log.ReadAsync(0, 10, default));
    }

    private static AuditNote Note(int number) => new(
        SampleReadings.Start.AddMinutes(number), AuditActs.ReadingTakenBack, "nurse 7", number % 2 == 0 ? SampleReadings.OtherPatient : null, $"reading {number}");

    private static async Task FillAsync(IAuditLog log, int count)
    {
        for (int i = 1; i <= count; i++)
        {
            await log.AddAsync(Note(i), default);
        }
    }

    private async Task<IAuditLog> OpenAsync() => await SqliteAuditLog.OpenAsync(_folder.Path, default);

    private Connection OpenFile() => Connection.OpenWriter(Path.Combine(_folder.Path, SqliteAuditLog.FileName));

    private void Change(string change)
    {
        using Connection connection = OpenFile();
        connection.Execute($"DROP TRIGGER entry_stays; DROP TRIGGER entry_same; {change}");
    }
}
