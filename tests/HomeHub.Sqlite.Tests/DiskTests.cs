using HomeHub.Core.Acts;
using HomeHub.Core.Buffering;
using HomeHub.Testing;

namespace HomeHub.Sqlite.Tests;

/// <summary>A disk that is full, and one that can't be written: real ones, on a small tmpfs, where the tests may mount.</summary>
public sealed class DiskTests : IDisposable
{
    private readonly string _mount = Directory.CreateTempSubdirectory("homehub-disk-").FullName;
    private SmallDisk? _disk;

    [SkippableFact]
    public async Task A_full_disk_is_an_error_and_loses_nothing()
    {
        Mount("size=6m");
        string data = Path.Combine(_mount, "data");
        _disk!.Fill(free: 3 * 1024 * 1024);
        var log = new BufferFolder.LogDouble();
        SqliteBufferOptions options = new() { Folder = data };
        int stored = 0;
        await using (SqliteReadingBuffer buffer = await SqliteReadingBuffer.OpenAsync(options, TimeProvider.System, log))
        {
            BufferException? error = null;
            while (error is null)
            {
                try
                {
                    await buffer.AppendAsync(SampleReadings.Many(stored, 50), CancellationToken.None);
                    stored += 50;
                }
                catch (BufferException full)
                {
                    error = full;
                }

                Assert.True(stored < 100_000, "the disk never became full");
            }

            Assert.Equal(BufferFault.DiskFull, error.Fault);
            Assert.Contains(data, error.Message, StringComparison.Ordinal);
            Assert.Equal(stored, (await buffer.CountAsync(CancellationToken.None)).Taken);

            // Some room again, and it goes on in the same process.
            _disk!.Empty();
            await buffer.AppendAsync(SampleReadings.Many(stored, 50), CancellationToken.None);
            stored += 50;
        }

        await using SqliteReadingBuffer next = await SqliteReadingBuffer.OpenAsync(options, TimeProvider.System, log);
        Assert.Null(next.Recovery);
        BufferCounts counts = await next.CountAsync(CancellationToken.None);
        Assert.Equal((stored, stored), (counts.Taken, counts.Buffered));
    }

    [SkippableFact]
    public async Task What_a_full_disk_does_not_take_is_sent_again_once_and_never_while_it_is_full()
    {
        Mount("size=6m");
        var log = new BufferFolder.LogDouble();
        SqliteBufferOptions options = new() { Folder = Path.Combine(_mount, "data") };
        DateTimeOffset now = SampleReadings.Start.AddHours(5);
        await using SqliteReadingBuffer buffer = await SqliteReadingBuffer.OpenAsync(options, TimeProvider.System, log);
        await buffer.AppendAsync(SampleReadings.Many(0, 40), default);
        await buffer.SetKnownDeviceAsync(Recipient.CareTeam, Guid.Empty, "hash", default);
        IReadOnlyList<BufferedReading> leased = await buffer.LeaseAsync(Recipient.CareTeam, 20, now, default);
        await buffer.SettleAsync(Recipient.CareTeam, [.. leased.Select(reading => reading.Id)], [], now, default);
        Assert.Equal((20L, 20L), await StatesAsync(buffer));

        _disk!.Fill();
        await buffer.CommitAsync(default);
        Assert.Equal((40L, 0L), await StatesAsync(buffer));
        Assert.Equal(40, buffer.CountBuffered(Recipient.CareTeam));
        Assert.Null(await buffer.GetKnownDeviceAsync(Recipient.CareTeam, Guid.Empty, default));
        Assert.Contains(log.Entries, entry => entry.Text.Contains("sent again, as after a power cut", StringComparison.Ordinal));
        BufferException error = await Assert.ThrowsAsync<BufferException>(() => buffer.LeaseAsync(Recipient.CareTeam, 20, now, default));
        Assert.Equal(BufferFault.DiskFull, error.Fault);

        _disk!.Empty();
        Assert.Equal(leased.Select(reading => reading.Id), (await buffer.LeaseAsync(Recipient.CareTeam, 20, now, default)).Select(reading => reading.Id));
        await buffer.ReleaseAsync(Recipient.CareTeam, [1, 2], default);

        // It may have been sent by the lease that was lost: so its recipient hears of it.
        var act = new ReadingAct(Guid.NewGuid(), ActKind.TakeBack, 30, now, "nurse 7", "wrong-person", null);
        Assert.Equal(ActOutcome.Done, await buffer.ActAsync(act, _ => [], default));
        IReadOnlyList<BufferedReading> others = await buffer.LeaseAsync(Recipient.CareTeam, 40, now, default);
        Assert.True(others.Single(reading => reading.Id == 30).Record.IsTakenBack);
    }

    [SkippableFact]
    public async Task A_log_that_finds_no_room_to_be_made_long_grows_as_it_is_written()
    {
        Mount("size=1m");
        var log = new BufferFolder.LogDouble();
        SqliteBufferOptions options = new() { Folder = Path.Combine(_mount, "data"), PreparesLog = true };
        await using SqliteReadingBuffer buffer = await SqliteReadingBuffer.OpenAsync(options, TimeProvider.System, log);
        Assert.Equal([AppendOutcome.Stored], await buffer.AppendAsync(SampleReadings.Many(0, 1), default));
        Assert.Contains(log.Entries, entry => entry.Text.Contains("could not be made as long", StringComparison.Ordinal));
        Assert.InRange(new FileInfo(Path.Combine(options.Folder, "buffer.db-wal")).Length, 1, 300 * 1024);
    }

    private static async Task<(long Buffered, long Receipted)> StatesAsync(SqliteReadingBuffer buffer)
    {
        BufferCounts counts = await buffer.CountAsync(default);
        return (counts.Buffered, counts.Receipted);
    }

    [SkippableFact]
    public async Task A_disk_without_any_room_is_named_at_the_start()
    {
        Mount("size=64k");
        await File.WriteAllBytesAsync(Path.Combine(_mount, "ballast"), new byte[40 * 1024]);
        BufferException error = await Assert.ThrowsAsync<BufferException>(() => SqliteReadingBuffer.OpenAsync(
            new SqliteBufferOptions { Folder = _mount }, TimeProvider.System, new BufferFolder.LogDouble()));
        Assert.Equal(BufferFault.DiskFull, error.Fault);
    }

    [SkippableFact]
    public async Task A_read_only_disk_is_named_at_the_start_and_can_still_be_looked_at()
    {
        Mount("size=6m");
        var log = new BufferFolder.LogDouble();
        SqliteBufferOptions options = new() { Folder = _mount };
        await using (SqliteReadingBuffer buffer = await SqliteReadingBuffer.OpenAsync(options, TimeProvider.System, log))
        {
            await buffer.AppendAsync(SampleReadings.Many(0, 10), CancellationToken.None);
        }

        Skip.IfNot(_disk!.TryMakeReadOnly(), "the disk could not be mounted read-only");
        BufferException error = await Assert.ThrowsAsync<BufferException>(() => SqliteReadingBuffer.OpenAsync(options, TimeProvider.System, log));
        Assert.Equal(BufferFault.ReadOnly, error.Fault);
        Assert.Contains(_mount, error.Message, StringComparison.Ordinal);
        using SqliteBufferReader reader = SqliteBufferReader.Open(_mount);
        Assert.Equal(10, (await reader.CountAsync(CancellationToken.None)).Taken);
    }

    [SkippableFact]
    public async Task A_disk_that_the_kernel_makes_read_only_after_errors_is_one_that_can_not_be_written()
    {
        string image = _mount + ".img";
        try
        {
            _disk = SmallDisk.TryMountFile(_mount, image);
            Skip.If(_disk is null, "mounting a file needs root on Linux, and a loop device");
            string data = Path.Combine(_mount, "data");
            await using SqliteReadingBuffer buffer = await SqliteReadingBuffer.OpenAsync(new SqliteBufferOptions { Folder = data }, TimeProvider.System, new BufferFolder.LogDouble());
            await using SqliteHeldPayloads held = await SqliteHeldPayloads.OpenAsync(data, CancellationToken.None);
            await buffer.AppendAsync(SampleReadings.Many(0, 10), CancellationToken.None);
            Skip.IfNot(_disk!.TryAbort(), "the kernel does not do so when asked");
            for (int i = 0; i < 2; i++)
            {
                BufferException error = await Assert.ThrowsAsync<BufferException>(() => buffer.AppendAsync(SampleReadings.Many(10, 10), CancellationToken.None));
                Assert.Equal(BufferFault.ReadOnly, error.Fault);
                error = await Assert.ThrowsAsync<BufferException>(() => held.NoteBootAsync("boot", SampleReadings.Start, CancellationToken.None));
                Assert.Equal(BufferFault.ReadOnly, error.Fault);
            }

            Assert.Equal(10, (await buffer.CountAsync(CancellationToken.None)).Taken);
        }
        finally
        {
            File.Delete(image);
        }
    }

    private void Mount(string options)
    {
        _disk = SmallDisk.TryMount(_mount, options);
        Skip.If(_disk is null, "mounting a small disk needs root on Linux");
    }

    public void Dispose()
    {
        _disk?.Dispose();
        Directory.Delete(_mount, recursive: true);
    }
}
