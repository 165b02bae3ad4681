using HomeHub.Core.Buffering;
using HomeHub.Core.SelfCheck;
using HomeHub.Testing;

namespace HomeHub.Sqlite.Tests.SelfCheck;

public sealed class SqliteProbeTests : IDisposable
{
    private readonly BufferFolder _folder = new();

    [Fact]
    public async Task Sound_files_are_good_beside_who_writes_them_and_writing_goes_on()
    {
        await using SqliteReadingBuffer buffer = await _folder.OpenAsync();
        await using SqliteConsentBook consents = await SqliteConsentBook.OpenAsync(_folder.Path, default);
        await buffer.AppendAsync(SampleReadings.Many(0, 500), default);
        Assert.Equal(new CheckFinding(CheckKind.Database, CheckOutcome.Good), await LookAsync());
        await buffer.AppendAsync(SampleReadings.Many(500, 10), default);
        Assert.Equal(510, (await buffer.CountAsync(default)).Taken);
    }

    [Fact]
    public async Task A_damaged_file_is_named()
    {
        await (await _folder.OpenAsync()).DisposeAsync();
        await using (SqliteReadingBuffer buffer = await _folder.OpenAsync())
        {
            await buffer.AppendAsync(SampleReadings.Many(0, 2_000), default);
        }

        using (FileStream file = File.OpenWrite(_folder.Database))
        {
            file.Position = file.Length / 2 / Schema.PageBytes * Schema.PageBytes;
            file.Write(new byte[Schema.PageBytes]);
        }

        Assert.Equal(new CheckFinding(CheckKind.Database, CheckOutcome.Bad, CheckReason.DatabaseDamaged, "buffer.db"), await LookAsync());
    }

    [Fact]
    public async Task What_takes_too_long_is_neither_good_nor_bad()
    {
        await using SqliteReadingBuffer buffer = await _folder.OpenAsync();
        await buffer.AppendAsync(SampleReadings.Many(0, 5_000), default);
        Assert.Equal(new CheckFinding(CheckKind.Database, CheckOutcome.Unknown, CheckReason.NotFinished, "buffer.db"), await LookAsync(TimeSpan.FromTicks(-1)));
    }

    [Fact]
    public async Task It_ends_when_the_hub_does()
    {
        await using SqliteReadingBuffer buffer = await _folder.OpenAsync();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new SqliteProbe(_folder.Path, TimeProvider.System).RunAsync(stop.Token));
    }

    [Fact]
    public async Task A_large_file_that_gives_no_room_back_and_a_log_that_grew_are_told()
    {
        string path = Path.Combine(_folder.Path, "old.db");
        using (Connection old = Connection.OpenWriter(path))
        {
            old.Execute("PRAGMA journal_mode = WAL; CREATE TABLE t (x BLOB)");
            old.Execute($"INSERT INTO t VALUES (zeroblob({Compaction.SmallBytes}))");
            old.Checkpoint(truncate: true);
            Assert.Equal(new CheckFinding(CheckKind.Database, CheckOutcome.Warning, CheckReason.RoomNotGivenBack, "old.db"), await LookAsync());
            using (FileStream log = File.OpenWrite(path + "-wal"))
            {
                log.SetLength(SqliteProbe.MaxLogBytes + 1);
            }

            Assert.Equal(CheckReason.LogTooLarge, (await LookAsync()).Reason);
        }
    }

    public void Dispose() => _folder.Dispose();

    private Task<CheckFinding> LookAsync(TimeSpan? limit = null) => new SqliteProbe(_folder.Path, TimeProvider.System, limit).RunAsync(default);
}
