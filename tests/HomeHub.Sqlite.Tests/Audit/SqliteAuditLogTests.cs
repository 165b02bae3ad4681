using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Testing.Audit;

namespace HomeHub.Sqlite.Tests.Audit;

/// <summary>The contract of the audit log, and that a file which somebody changed is found out.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit disposes through IAsyncLifetime.")]
public sealed class SqliteAuditLogTests : AuditLogContract
{
    private readonly BufferFolder _folder = new();

    protected override async Task<IAuditLog> OpenAsync() => await SqliteAuditLog.OpenAsync(_folder.Path, default);

    protected override async Task<IAuditLog> ReopenAsync(IAuditLog log)
    {
        await log.DisposeAsync();
        return await OpenAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Two_processes_add_to_one_chain()
    {
        await using IAuditLog other = await OpenAsync();
        await Task.WhenAll(FillAsync(Log, 20), FillAsync(other, 20));
        Assert.Equal((40, (long?)null), ((await Log.VerifyAsync(null, default)).Entries, (await other.VerifyAsync(null, default)).BrokenAt));
    }

    [Theory]
    [InlineData("DELETE FROM entry WHERE number = 2")]
    [InlineData("UPDATE entry SET who = 'nobody' WHERE number = 2")]
    public async Task Nothing_can_be_changed_as_long_as_its_guards_stand(string change)
    {
        await FillAsync(Log, 3);
        using Connection connection = OpenFile();
        Assert.Throws<BufferException>(() => connection.Execute(change));
        Assert.Null((await Log.VerifyAsync(null, default)).BrokenAt);
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
        await FillAsync(Log, 4);
        Change(change);
        Assert.Equal(at, (await Log.VerifyAsync(null, default)).BrokenAt);
    }

    [Fact]
    public async Task Who_kept_a_mark_finds_out_that_the_end_is_gone_or_all_of_it_was_written_anew()
    {
        await FillAsync(Log, 4);
        string mark = (await Log.ReadLastAsync(default))!.Mark;
        Change("DELETE FROM entry WHERE number > 2");
        Assert.Null((await Log.VerifyAsync(null, default)).BrokenAt);
        Assert.Equal(3, (await Log.VerifyAsync(mark, default)).BrokenAt);
        await Log.AddAsync(Note(7), default);
        await Log.AddAsync(Note(8), default);
        Assert.Null((await Log.VerifyAsync(null, default)).BrokenAt);
        Assert.Equal(4, (await Log.VerifyAsync(mark, default)).BrokenAt);
    }

    private Connection OpenFile() => Connection.OpenWriter(Path.Combine(_folder.Path, SqliteAuditLog.FileName));

    private void Change(string change)
    {
        using Connection connection = OpenFile();
        connection.Execute($"DROP TRIGGER entry_stays; DROP TRIGGER entry_same; {change}");
    }
}
