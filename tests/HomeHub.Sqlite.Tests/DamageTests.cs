using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Testing;

namespace HomeHub.Sqlite.Tests;

/// <summary>Files that were damaged, or written by a newer program.</summary>
public sealed class DamageTests : IDisposable
{
    private const int Readings = 3_000;
    private const int PageBytes = Schema.PageBytes;

    private readonly BufferFolder _folder = new();

    [Fact]
    public async Task A_damaged_first_page_loses_nothing()
    {
        HubIdentity hub = await FillAsync();
        Overwrite(0, PageBytes, seed: 1);
        await AssertRecoversAsync(hub, atLeast: Readings, mayLose: false);
    }

    /// <summary>A disk loses whole blocks.</summary>
    [Fact]
    public async Task A_damaged_first_block_loses_nothing()
    {
        HubIdentity hub = await FillAsync();
        Overwrite(0, Schema.PageBytesOfBefore, seed: 1);
        await AssertRecoversAsync(hub, atLeast: Readings, mayLose: false);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_damaged_first_page_of_a_file_with_large_pages_loses_nothing(bool withLog)
    {
        using (Connection old = Connection.OpenWriter(_folder.Database))
        {
            Schema.Migrate(old, Schema.PageBytesOfBefore);
        }

        HubIdentity hub = await FillAsync();
        using (Connection old = Connection.OpenExisting(_folder.Database))
        {
            Assert.Equal(Schema.PageBytesOfBefore, old.PageBytes);
        }

        Assert.Equal(Schema.PageBytesOfBefore, DamagedFile.GuessPageBytes(_folder.Database));
        Overwrite(0, Schema.PageBytesOfBefore, seed: 1);
        if (withLog)
        {
            await File.WriteAllBytesAsync(_folder.Database + "-wal", []);
        }

        Assert.Equal(Schema.PageBytesOfBefore, DamagedFile.GuessPageBytes(_folder.Database));
        await AssertRecoversAsync(hub, atLeast: Readings, mayLose: false);
        using Connection mended = Connection.OpenExisting(_folder.Database);
        Assert.Equal(Schema.PageBytesOfBefore, mended.PageBytes);
    }

    [Fact]
    public async Task How_large_pages_are_is_told_without_the_first_one()
    {
        await FillAsync();
        Overwrite(0, Schema.PageBytesOfBefore, seed: 1);
        Assert.Equal(Schema.PageBytes, DamagedFile.GuessPageBytes(_folder.Database));
        Assert.Equal(Schema.PageBytes, DamagedFile.GuessPageBytes(_folder.Database + ".missing"));
    }

    [Fact]
    public async Task A_page_in_the_middle_loses_only_what_it_held()
    {
        HubIdentity hub = await FillAsync();
        long pages = new FileInfo(_folder.Database).Length / PageBytes;
        Overwrite(pages / 2 * PageBytes, PageBytes, seed: 2);
        await AssertRecoversAsync(hub, atLeast: Readings - 400, mayLose: true);
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.5)]
    [InlineData(0.2)]
    [InlineData(0.001)]
    [InlineData(0.0)]
    public async Task A_file_cut_short_is_set_aside_and_the_rest_carried_over(double part)
    {
        HubIdentity hub = await FillAsync();
        long length = (long)(new FileInfo(_folder.Database).Length * part);
        using (FileStream file = File.OpenWrite(_folder.Database))
        {
            file.SetLength(length);
        }

        await AssertRecoversAsync(hub, atLeast: part > 0.8 ? 500 : 0, mayLose: true);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(18)]
    public async Task Garbage_anywhere_never_stops_the_hub(int seed)
    {
        HubIdentity hub = await FillAsync();
        var random = new Random(seed);
        int pages = (int)(new FileInfo(_folder.Database).Length / PageBytes);
        for (int i = 0; i < 4; i++)
        {
            Overwrite(random.Next(pages) * (long)PageBytes, PageBytes * random.Next(1, 4), random.Next());
        }

        await AssertRecoversAsync(hub, atLeast: 0, mayLose: true);
    }

    [Fact]
    public async Task Damage_with_a_log_beside_it_keeps_the_log()
    {
        HubIdentity hub;
        using (var copy = new BufferFolder())
        {
            await using SqliteReadingBuffer buffer = await copy.OpenAsync();
            hub = buffer.Hub;
            await buffer.AppendAsync(SampleReadings.Many(0, Readings), CancellationToken.None);
            foreach (string file in Directory.GetFiles(copy.Path).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
            {
                File.Copy(file, Path.Combine(_folder.Path, Path.GetFileName(file)));
            }
        }

        Assert.True(new FileInfo(_folder.Database + "-wal").Length > 0);
        File.WriteAllText(Path.Combine(_folder.Path, "buffer.damaged"), "buffer.db.damaged-20260314T060000Z\n");
        await AssertRecoversAsync(hub, atLeast: Readings, mayLose: false);
    }

    /// <summary>SQLite takes an empty file for a new database and removes the log beside it: the hub must look first.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_emptied_or_missing_database_is_told_loudly_and_its_log_carried_over(bool isThere)
    {
        HubIdentity hub;
        using (var copy = new BufferFolder())
        {
            await using SqliteReadingBuffer buffer = await copy.OpenAsync();
            hub = buffer.Hub;
            await buffer.AppendAsync(SampleReadings.Many(0, 100), CancellationToken.None);
            File.Copy(copy.Database + "-wal", _folder.Database + "-wal");
            File.Copy(Path.Combine(copy.Path, "hub-identity"), Path.Combine(_folder.Path, "hub-identity"));
        }

        if (isThere)
        {
            await File.WriteAllBytesAsync(_folder.Database, []);
        }

        byte[] log = await File.ReadAllBytesAsync(_folder.Database + "-wal");
        await using SqliteReadingBuffer mended = await _folder.OpenAsync();
        Assert.NotNull(mended.Recovery);
        Assert.Equal(log, await File.ReadAllBytesAsync(mended.Recovery.SetAsidePath + "-wal"));
        Assert.Contains(_folder.Log.Entries, entry => entry.Level == Microsoft.Extensions.Logging.LogLevel.Critical);
        Assert.Equal(hub, mended.Hub);
        Assert.Equal(100, await CountGenuineAsync(mended));
    }

    [Fact]
    public async Task A_new_folder_and_a_buffer_that_was_closed_tell_of_no_damage()
    {
        for (int start = 0; start < 2; start++)
        {
            await using SqliteReadingBuffer buffer = await _folder.OpenAsync();
            Assert.Null(buffer.Recovery);
        }

        Assert.DoesNotContain(_folder.Log.Entries, entry => entry.Level >= Microsoft.Extensions.Logging.LogLevel.Error);
    }

    [Fact]
    public async Task A_recovery_that_died_is_ended_by_the_next_start()
    {
        HubIdentity hub = await FillAsync();
        Overwrite(0, PageBytes, seed: 3);
        string mark = Path.Combine(_folder.Path, "buffer.damaged");
        File.WriteAllText(mark, "buffer.db.damaged-20260314T060000Z\n");
        File.Move(_folder.Database, _folder.Database + ".damaged-20260314T060000Z");
        File.WriteAllText(_folder.Database + ".new", "half of a new database");
        await AssertRecoversAsync(hub, atLeast: Readings, mayLose: false);
        Assert.False(File.Exists(mark));
    }

    [Fact]
    public async Task A_file_of_a_newer_program_is_left_alone()
    {
        await FillAsync();
        using (Connection connection = Connection.OpenWriter(_folder.Database))
        {
            connection.Execute("PRAGMA user_version = 99");
        }

        byte[] before = await File.ReadAllBytesAsync(_folder.Database);
        BufferException error = await Assert.ThrowsAsync<BufferException>(() => _folder.OpenAsync());
        Assert.Equal(BufferFault.NewerSchema, error.Fault);
        Assert.Contains(_folder.Database, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.Database));
        Assert.Equal(BufferFault.NewerSchema, Assert.Throws<BufferException>(() => SqliteBufferReader.Open(_folder.Path)).Fault);
    }

    private async Task<HubIdentity> FillAsync()
    {
        await using SqliteReadingBuffer buffer = await _folder.OpenAsync();
        foreach (NewReading[] part in SampleReadings.Many(0, Readings).Chunk(500))
        {
            await buffer.AppendAsync(part, CancellationToken.None);
        }

        await buffer.QuarantineAsync([SampleReadings.Rejected(1)], CancellationToken.None);
        IReadOnlyList<BufferedReading> leased = await buffer.LeaseAsync(Recipient.CareTeam, 100, SampleReadings.Start, CancellationToken.None);
        await buffer.SettleAsync(
            Recipient.CareTeam, [.. leased.Take(50).Select(reading => reading.Id)], [], SampleReadings.Start, CancellationToken.None);
        return buffer.Hub;
    }

    private void Overwrite(long offset, int count, int seed)
    {
        var garbage = new byte[count];
        new Random(seed).NextBytes(garbage);
        using FileStream file = File.OpenWrite(_folder.Database);
        file.Position = offset;
        file.Write(garbage, 0, (int)Math.Min(count, Math.Max(0, file.Length - offset)));
    }

    private async Task AssertRecoversAsync(HubIdentity hub, int atLeast, bool mayLose)
    {
        byte[]? damaged = File.Exists(_folder.Database) ? await File.ReadAllBytesAsync(_folder.Database) : null;
        await using (SqliteReadingBuffer buffer = await _folder.OpenAsync())
        {
            Assert.NotNull(buffer.Recovery);
            string aside = Assert.Single(_folder.FindSetAside());
            Assert.Equal(aside, buffer.Recovery.SetAsidePath);
            Assert.Equal(damaged ?? await File.ReadAllBytesAsync(aside), await File.ReadAllBytesAsync(aside));
            Assert.Contains(_folder.Log.Entries, entry => entry.Level == Microsoft.Extensions.Logging.LogLevel.Critical);
            Assert.Equal(hub, buffer.Hub);
            int there = await CountGenuineAsync(buffer);
            Assert.InRange(there, atLeast, Readings);
            Assert.Equal(there, buffer.Recovery.Readings);
            BufferCounts counts = await buffer.CountAsync(CancellationToken.None);
            Assert.Equal(0, counts.Sent + counts.Rejected);
            Assert.Equal(mayLose ? counts.Taken : Readings, counts.Taken);
            AppendOutcome[] again = await buffer.AppendAsync(SampleReadings.Many(0, Readings), CancellationToken.None);
            Assert.True(again.Count(outcome => outcome == AppendOutcome.Duplicate) >= there);
            bool isAllKnown = !again.Contains(AppendOutcome.Stored);
            Assert.True(isAllKnown || buffer.KnownSince is not null, "a record that was here is taken as new, and nobody is told");
            Assert.True(mayLose || buffer.KnownSince is null, "nothing is lost, and yet it is doubted");
            Assert.Equal([AppendOutcome.Stored], await buffer.AppendAsync(SampleReadings.Many(Readings, 1), CancellationToken.None));
        }

        await using SqliteReadingBuffer next = await _folder.OpenAsync();
        Assert.Null(next.Recovery);
        Assert.Equal(hub, next.Hub);
    }

    /// <summary>Readings that are there; each must be the one that was stored.</summary>
    private static async Task<int> CountGenuineAsync(SqliteReadingBuffer buffer)
    {
        int count = 0;
        await foreach (BufferedReading reading in buffer.ReadHistoryAsync(SampleReadings.Patient, CancellationToken.None))
        {
            AcquiredReading genuine = SampleReadings.BloodPressure((int)(reading.Record.ReceivedAt - SampleReadings.Start).TotalMinutes);
            Assert.Equal(genuine.Identity, reading.Record.Identity);
            Assert.Equal(genuine.Octets, reading.Record.Octets);
            Assert.Equal(genuine.Device, reading.Record.Device);
            count++;
        }

        return count;
    }

    public void Dispose() => _folder.Dispose();
}
