using System.Globalization;
using HomeHub.Core.Buffering;
using HomeHub.Testing;

namespace HomeHub.Sqlite.Tests;

/// <summary>Processes that die, and processes that meet.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly BufferFolder _folder = new();

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(700)]
    public async Task What_was_acknowledged_is_there_after_a_kill(int killAfterLines)
    {
        var acknowledged = new HashSet<int>();
        using (var child = new ChildProcess("append", _folder.Path, 900_000))
        {
            Assert.Equal("open", await child.ReadLineAsync());
            for (string? line = await child.ReadLineAsync(); line is not null; line = await child.ReadLineAsync())
            {
                // The kill may cut the last line: only one with its end mark counts.
                if (line.EndsWith('.'))
                {
                    acknowledged.Add(int.Parse(line.TrimEnd('.'), CultureInfo.InvariantCulture));
                }

                if (acknowledged.Count == killAfterLines)
                {
                    child.Kill();
                }
            }
        }

        Assert.True(acknowledged.Count >= killAfterLines);
        await using SqliteReadingBuffer buffer = await _folder.OpenAsync();
        Assert.Null(buffer.Recovery);
        var there = new HashSet<int>();
        await foreach (BufferedReading reading in buffer.ReadHistoryAsync(SampleReadings.Patient, CancellationToken.None))
        {
            Assert.True(there.Add((int)(reading.Record.ReceivedAt - SampleReadings.Start).TotalMinutes));
        }

        Assert.Empty(acknowledged.Except(there));
        BufferCounts counts = await buffer.CountAsync(CancellationToken.None);
        Assert.Equal(there.Count, counts.Taken);
        Assert.Equal((0, counts.Taken), (counts.Sent, counts.Buffered + counts.Receipted));
    }

    [Fact]
    public async Task A_second_process_is_told_that_the_buffer_is_held()
    {
        using (var child = new ChildProcess("hold", _folder.Path, 0))
        {
            Assert.Equal("open", await child.ReadLineAsync());
            BufferException error = await Assert.ThrowsAsync<BufferException>(() => _folder.OpenAsync());
            Assert.Equal(BufferFault.Locked, error.Fault);
            Assert.Contains(_folder.Path, error.Message, StringComparison.Ordinal);
            child.Kill();
            await child.WaitAsync();
        }

        await using SqliteReadingBuffer buffer = await _folder.OpenAsync();
        BufferException second = await Assert.ThrowsAsync<BufferException>(() => _folder.OpenAsync());
        Assert.Equal(BufferFault.Locked, second.Fault);
    }

    [SkippableFact]
    public async Task A_reading_alone_costs_one_sync_and_a_burst_shares_them()
    {
        const string strace = "/usr/bin/strace";
        Skip.IfNot(File.Exists(strace), "strace is not installed");
        int few = await CountSyncsAsync(strace, "lone", 20);
        Skip.If(few == 0, "strace may not trace here");

        // Fewer than fill the log, which would be moved into the database with syncs of its own.
        Assert.Equal(few + 20, await CountSyncsAsync(strace, "lone", 40));
        Assert.InRange(await CountSyncsAsync(strace, "burst", 400) - few, -20, 200);
    }

    private static async Task<int> CountSyncsAsync(string strace, string mode, int count)
    {
        using var folder = new BufferFolder();
        string trace = Path.Combine(folder.Path, "trace");
        using var child = new ChildProcess(
            mode, Path.Combine(folder.Path, "data"), count, strace, "-f", "-qq", "-e", "trace=fsync,fdatasync", "-e", "signal=none", "-o", trace);
        while (await child.ReadLineAsync() is not null)
        {
        }

        await child.WaitAsync();
        return File.Exists(trace) ? File.ReadLines(trace).Count(line => line.Contains("sync(", StringComparison.Ordinal)) : 0;
    }

    [Fact]
    public async Task A_reader_looks_on_while_another_process_has_the_buffer()
    {
        using var child = new ChildProcess("append", _folder.Path, 900_000);
        Assert.Equal("open", await child.ReadLineAsync());
        for (int i = 0; i < 10; i++)
        {
            await child.ReadLineAsync();
        }

        using (SqliteBufferReader reader = SqliteBufferReader.Open(_folder.Path))
        {
            BufferCounts counts = await reader.CountAsync(CancellationToken.None);
            Assert.True(counts.Taken >= 10);
            Assert.Equal(counts.Taken, counts.Buffered + counts.Sent + counts.Receipted);
            Assert.Equal([SampleReadings.Patient], await reader.ListPatientsAsync(CancellationToken.None));
            Assert.NotNull(reader.Hub);
        }

        child.Kill();
        await child.WaitAsync();
        using SqliteBufferReader after = SqliteBufferReader.Open(_folder.Path);
        Assert.True((await after.CountAsync(CancellationToken.None)).Taken >= 10);
    }

    [Fact]
    public async Task A_reader_waits_while_the_hub_makes_the_buffer_and_has_the_file_to_itself()
    {
        using Connection hub = Connection.OpenWriter(_folder.Database);
        hub.Execute("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE half_made (x)");
        Task<SqliteBufferReader> opening = Task.Run(() => SqliteBufferReader.Open(_folder.Path));
        Assert.NotSame(opening, await Task.WhenAny(opening, Task.Delay(TimeSpan.FromMilliseconds(300))));
        hub.Execute("COMMIT; PRAGMA locking_mode = NORMAL");
        _ = hub.Scalar("SELECT count(*) FROM half_made");
        using SqliteBufferReader reader = await opening;
        Assert.False(reader.Exists);
    }

    [Fact]
    public async Task A_reader_of_a_new_folder_finds_nothing()
    {
        using SqliteBufferReader reader = SqliteBufferReader.Open(Path.Combine(_folder.Path, "absent"));
        Assert.False(reader.Exists);
        Assert.Null(reader.Hub);
        Assert.Equal(0, (await reader.CountAsync(CancellationToken.None)).Taken);
        Assert.Empty(await reader.ListPatientsAsync(CancellationToken.None));
        await foreach (BufferedReading reading in reader.ReadHistoryAsync(SampleReadings.Patient, CancellationToken.None))
        {
            Assert.Fail($"reading {reading.Id} out of nothing");
        }

        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "absent")));
    }

    public void Dispose() => _folder.Dispose();
}
