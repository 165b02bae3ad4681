using System.Diagnostics;
using HomeHub.Core.Buffering;
using HomeHub.Testing;

namespace HomeHub.Sqlite.Tests;

/// <summary>A log that is as long from the start as it becomes: nothing is lost in it, and nothing stays in it.</summary>
public sealed class PreparedLogTests : IDisposable
{
    private const long KiB = 1024;

    private readonly BufferFolder _folder = new();

    private string Log => _folder.Database + "-wal";

    private long LogLength => new FileInfo(Log).Length;

    [Fact]
    public async Task It_does_not_grow_by_what_is_written_and_is_used_again()
    {
        await using SqliteReadingBuffer buffer = await OpenAsync();
        Assert.InRange(LogLength, 900 * KiB, 1100 * KiB);
        long length = LogLength;
        for (int n = 0; n < 400; n++)
        {
            await buffer.AppendAsync([SampleReadings.BloodPressure(n).ToSend()], default);
        }

        Assert.Equal(length, LogLength);
    }

    [Fact]
    public async Task What_a_killed_process_wrote_into_it_is_all_there()
    {
        using var killed = new BufferFolder();
        await using (SqliteReadingBuffer buffer = await OpenAsync())
        {
            for (int n = 0; n < 250; n++)
            {
                await buffer.AppendAsync([SampleReadings.BloodPressure(n).ToSend()], default);
            }

            string[] files = [_folder.Database, Log, Path.Combine(_folder.Path, "hub-identity"), killed.Path];
            using Process copy = Process.Start("cp", files);
            await copy.WaitForExitAsync();
        }

        await using SqliteReadingBuffer next = await killed.OpenAsync();
        Assert.Null(next.Recovery);
        Assert.Equal((250L, 250L), ((await next.CountAsync(default)).Taken, (await next.CountAsync(default)).Buffered));
    }

    [Fact]
    public async Task Nothing_of_what_is_erased_stays_in_it_and_it_is_as_long_again()
    {
        await using SqliteReadingBuffer buffer = await OpenAsync();
        long length = LogLength;
        await buffer.AppendAsync(SampleReadings.Many(0, 50), default);
        await buffer.EraseAsync(SampleReadings.Patient, withWaiting: true, default);

        Assert.Equal(-1, (await ReadLogAsync()).AsSpan().IndexOfAnyExcept((byte)0));
        Assert.Equal(length, LogLength);
        Assert.Equal([AppendOutcome.Stored], await buffer.AppendAsync([SampleReadings.BloodPressure(60).ToSend()], default));
    }

    [Fact]
    public async Task It_takes_no_more_than_the_size_limit_lets_it_have()
    {
        await using SqliteReadingBuffer buffer = await OpenAsync(1);
        Assert.InRange(LogLength, 1, 128 * KiB);
        await buffer.AppendAsync(SampleReadings.Many(0, 50), default);
        Assert.Equal(50, (await buffer.CountAsync(default)).Buffered);
    }

    [Fact]
    public async Task A_command_that_opens_the_buffer_for_a_moment_does_not_prepare_it()
    {
        await using SqliteReadingBuffer buffer = await _folder.OpenAsync();
        await buffer.ProbeAsync(default);
        Assert.InRange(LogLength, 1, 200 * KiB);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<SqliteReadingBuffer> OpenAsync(int limitMiB = 512)
    {
        SqliteReadingBuffer buffer = await _folder.OpenAsync(_folder.Options with { PreparesLog = true, MaxSizeMiB = limitMiB });
        await buffer.ProbeAsync(default);
        return buffer;
    }

    private async Task<byte[]> ReadLogAsync()
    {
        using var log = new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[log.Length];
        await log.ReadExactlyAsync(bytes);
        return bytes;
    }
}
