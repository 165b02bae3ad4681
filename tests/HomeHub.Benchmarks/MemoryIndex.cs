using System.Diagnostics;

namespace HomeHub.Benchmarks;

/// <summary>
/// The index of the buffer's log as a file in memory, mounted over the one in the data folder as the installation does it. Who may not mount measures with the index on the disk, and the figure says so.
/// </summary>
internal sealed class MemoryIndex : IAsyncDisposable
{
    private readonly string _memory = Path.Combine("/dev/shm", $"homehub-bench-{Guid.NewGuid():N}");
    private readonly string _index;
    private bool _isMounted;

    private MemoryIndex(string data) => _index = Path.Combine(data, "buffer.db-shm");

    /// <summary>Where it is, for the figure.</summary>
    public string Text => _isMounted ? "the log's index in memory, as install.sh has it" : "the log's index on the disk";

    /// <summary>Before the hub starts, and disposed of after it ended.</summary>
    public static async Task<MemoryIndex> MountAsync(string data)
    {
        var index = new MemoryIndex(data);
        if (Environment.IsPrivilegedProcess && Directory.Exists("/dev/shm"))
        {
            Directory.CreateDirectory(data);
            await File.WriteAllBytesAsync(index._memory, []);
            await File.WriteAllBytesAsync(index._index, []);
            index._isMounted = await RunAsync("mount", "--bind", index._memory, index._index);
        }

        return index;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isMounted)
        {
            await RunAsync("umount", _index);
        }

        File.Delete(_memory);
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
