using HomeHub.Core.Buffering;
using HomeHub.Sqlite.Tests.Moving;
using HomeHub.Testing;

namespace HomeHub.Sqlite.Tests;

/// <summary>
/// The index of the log as a file in memory that is mounted in its place, as the installation has it: really mounted, in a child's own mount namespace, which needs root on Linux.
/// </summary>
public sealed class LogIndexTests : IDisposable
{
    private const int Readings = 300;

    /// <summary>Mounts the first file over the second, and runs the rest.</summary>
    private const string MountAndRun = "mount --bind \"$0\" \"$1\" && shift && exec \"$@\"";

    private readonly BufferFolder _folder = new();
    private readonly string _memory = Path.Combine("/dev/shm", $"homehub-index-{Guid.NewGuid():N}");

    [Fact]
    public async Task A_hub_runs_on_it_and_is_mended_with_it()
    {
        await RunMountedAsync("damaged", _folder.Path);
        await using SqliteReadingBuffer buffer = await _folder.OpenAsync();
        Assert.Null(buffer.Recovery);
        Assert.Equal(Readings + 1, (await buffer.CountAsync(default)).Taken);
    }

    [Fact]
    public async Task A_history_is_put_in_place_with_it()
    {
        using var bench = new MovingBench();
        await bench.FillAsync();
        await bench.PackAsync();
        File.Copy(bench.Archive, bench.New.Path + ".archive");
        await File.WriteAllTextAsync(bench.New.Path + ".code", bench.Code.Text);
        try
        {
            await RunMountedAsync("take-in", bench.New.Path);
            await using SqliteReadingBuffer buffer = await bench.New.OpenAsync();
            Assert.Equal((bench.OldHub.Id, 3L), (buffer.Hub.Space, (await buffer.CountAsync(default)).Buffered));
        }
        finally
        {
            File.Delete(bench.New.Path + ".archive");
            File.Delete(bench.New.Path + ".code");
        }
    }

    [Fact]
    public async Task A_folder_is_wiped_with_it()
    {
        using var bench = new MovingBench();
        await bench.FillAsync();
        await bench.PackAsync();
        await RunMountedAsync("wipe", bench.Old.Path);
        Assert.Equal(["buffer.db-shm", "buffer.lock"], Directory.GetFileSystemEntries(bench.Old.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(0, new FileInfo(_memory).Length);
    }

    [Fact]
    public async Task It_is_not_taken_from_a_process_that_has_it_open()
    {
        using var child = new ChildProcess("hold", _folder.Path, 0);
        Assert.Equal("open", await child.ReadLineAsync());
        string index = _folder.Database + LogIndex.Suffix;
        long length = new FileInfo(index).Length;
        Assert.True(length > 0);
        BufferException error = Assert.Throws<BufferException>(() => LogIndex.Empty(index));
        Assert.Equal((BufferFault.Locked, length), (error.Fault, new FileInfo(index).Length));
        child.Kill();
        await child.WaitAsync();
        LogIndex.Empty(index);
        Assert.Equal(0, new FileInfo(index).Length);
    }

    /// <summary>In the child: a buffer is filled, damaged and mended.</summary>
    internal static async Task MeetDamageAsync(string folder)
    {
        string database = Path.Combine(folder, BufferFiles.DatabaseName), index = database + LogIndex.Suffix;
        var options = new SqliteBufferOptions { Folder = folder };
        var log = new BufferFolder.LogDouble();
        Assert.Contains(index, await File.ReadAllTextAsync("/proc/self/mountinfo"), StringComparison.Ordinal);
        await using (SqliteReadingBuffer buffer = await SqliteReadingBuffer.OpenAsync(options, TimeProvider.System, log))
        {
            await buffer.AppendAsync(SampleReadings.Many(0, Readings), default);
            using SqliteBufferReader reader = SqliteBufferReader.Open(folder);
            Assert.Equal(Readings, (await reader.CountAsync(default)).Taken);
            Assert.True(new FileInfo(index).Length > 0);
        }

        Assert.True(File.Exists(index));
        using (FileStream file = File.OpenWrite(database))
        {
            file.Write(new byte[Schema.PageBytes]);
        }

        await using SqliteReadingBuffer mended = await SqliteReadingBuffer.OpenAsync(options, TimeProvider.System, log);
        Assert.Equal(Readings, mended.Recovery?.Readings);
        Assert.Equal([AppendOutcome.Stored], await mended.AppendAsync(SampleReadings.Many(Readings, 1), default));
        using SqliteBufferReader again = SqliteBufferReader.Open(folder);
        Assert.Equal(Readings + 1, (await again.CountAsync(default)).Taken);
    }

    public void Dispose()
    {
        File.Delete(_memory);
        _folder.Dispose();
    }

    private async Task RunMountedAsync(string mode, string folder)
    {
        string index = Path.Combine(folder, BufferFiles.DatabaseName + LogIndex.Suffix);
        await File.WriteAllBytesAsync(_memory, []);
        await File.WriteAllBytesAsync(index, []);
        using var child = new ChildProcess(mode, folder, 0, "unshare", "--mount", "sh", "-c", MountAndRun, _memory, index);
        Assert.Equal(0, await child.WaitAsync());
    }
}
