namespace HomeHub.Gateway.Hub;

/// <summary>
/// Gives memory back after a burst. The runtime keeps what a burst needed for the next one, which may be days away, on a machine that has
/// little; a full collection of a heap of a few MiB takes some milliseconds, and nobody waits for them when all is quiet.
/// </summary>
internal sealed class MemoryKeeper(TimeProvider time)
{
    private const long BurstBytes = 8 * 1024 * 1024;
    private const long QuietBytes = 256 * 1024;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long _atCollection;
    private long _atLook;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false))
        {
            if (IsTimeToCollect(GC.GetTotalAllocatedBytes()))
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                NativeHeap.Trim();
                _ = ProgramPages.Release();
            }
        }
    }

    /// <summary>True when much was allocated since the last time, and hardly anything since the last look.</summary>
    /// <param name="allocated">Bytes that the process has allocated so far.</param>
    internal bool IsTimeToCollect(long allocated)
    {
        bool isQuiet = allocated - _atLook <= QuietBytes;
        _atLook = allocated;
        if (!isQuiet || allocated - _atCollection < BurstBytes)
        {
            return false;
        }

        _atCollection = allocated;
        return true;
    }
}
