using HomeHub.Core.Audit;
using Xunit;

namespace HomeHub.Testing.Audit;

/// <summary>What every audit log does.</summary>
public abstract class AuditLogContract : IAsyncLifetime
{
    /// <summary>The log under test.</summary>
    protected IAuditLog Log { get; private set; } = null!;

    /// <summary>Opens a new, empty log.</summary>
    protected abstract Task<IAuditLog> OpenAsync();

    /// <summary>Ends the process that has the log, and starts another one.</summary>
    protected abstract Task<IAuditLog> ReopenAsync(IAuditLog log);

    public async Task InitializeAsync() => Log = await OpenAsync();

    public virtual async Task DisposeAsync() => await Log.DisposeAsync();

    [Fact]
    public async Task Entries_are_numbered_kept_and_found_to_be_as_they_were_written()
    {
        Assert.Equal(new AuditCheck(0, null, null), await Log.VerifyAsync(null, default));
        Assert.Null(await Log.ReadLastAsync(default));
        await FillAsync(Log, 3);
        Log = await ReopenAsync(Log);
        IReadOnlyList<AuditEntry> entries = await Log.ReadAsync(0, 10, default);
        Assert.Equal([1, 2, 3], entries.Select(entry => entry.Number));
        Assert.Equal(Note(2), entries[1].Note);
        Assert.Equal(Note(3), (await Log.ReadLastAsync(default))!.Note);
        Assert.Equal([3L], (await Log.ReadAsync(2, 10, default)).Select(entry => entry.Number));
        Assert.Equal([1L], (await Log.ReadAsync(0, 1, default)).Select(entry => entry.Number));
        Assert.Equal(new AuditCheck(3, entries[2].Mark, null), await Log.VerifyAsync(entries[1].Mark, default));
    }

    [Fact]
    public async Task The_newest_are_read_in_pages_of_all_or_about_one_person()
    {
        await FillAsync(Log, 3);
        await Log.AddAsync(Note(4) with { Patient = SampleReadings.OtherPatient }, default);
        await Log.AddAsync(Note(5) with { Patient = SampleReadings.OtherPatient }, default);
        await Log.AddAsync(Note(6) with { Patient = null }, default);
        Assert.Equal([6L, 5L], (await Log.ReadNewestAsync(null, long.MaxValue, 2, default)).Select(entry => entry.Number));
        Assert.Equal([4L, 3L, 2L, 1L], (await Log.ReadNewestAsync(null, 5, 9, default)).Select(entry => entry.Number));
        Assert.Equal([5L, 4L, 2L], (await Log.ReadNewestAsync(SampleReadings.OtherPatient, long.MaxValue, 9, default)).Select(entry => entry.Number));
        Assert.Equal([4L, 2L], (await Log.ReadNewestAsync(SampleReadings.OtherPatient, 5, 9, default)).Select(entry => entry.Number));
    }

    [Theory]
    [InlineData("2:0000000000000000", 2)]
    [InlineData("9:0000000000000000", 4)]
    public async Task A_mark_that_is_not_of_this_log_is_found_out(string mark, long at)
    {
        await FillAsync(Log, 3);
        Assert.Equal(at, (await Log.VerifyAsync(mark, default)).BrokenAt);
    }

    [Fact]
    public async Task What_is_no_note_is_not_added()
    {
        foreach (AuditNote wrong in new[]
        {
            Note(1) with { Act = "" }, Note(1) with { Act = "Something else" }, Note(1) with { Who = " " }, Note(1) with { Who = "nurse\n7" },
            Note(1) with { About = new string('x', AuditNote.MaxChars + 1) },
        })
        {
            await Assert.ThrowsAsync<ArgumentException>(() => Log.AddAsync(wrong, default));
        }

        Assert.Empty(await Log.ReadAsync(0, 10, default));
    }

    /// <summary>A note; the same number gives the same one.</summary>
    protected static AuditNote Note(int number) => new(
        SampleReadings.Start.AddMinutes(number), AuditActs.ReadingTakenBack, "nurse 7", number % 2 == 0 ? SampleReadings.OtherPatient : null, $"reading {number}");

    /// <summary>Adds notes, from number 1.</summary>
    protected static async Task FillAsync(IAuditLog log, int count)
    {
        for (int i = 1; i <= count; i++)
        {
            await log.AddAsync(Note(i), default);
        }
    }
}
