using System.Collections.Concurrent;
using HomeHub.Core.Buffering;

namespace HomeHub.Sqlite;

/// <content>Leaving no trace of what was deleted.</content>
internal sealed partial class BufferWriter
{
    private readonly ConcurrentQueue<TaskCompletionSource> _clearings = new();

    /// <summary>Leaves nothing in the files of what was deleted by transactions that are committed.</summary>
    /// <exception cref="BufferException">Another process reads for too long, or the disk failed.</exception>
    public async Task ClearAsync()
    {
        var clearing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _clearings.Enqueue(clearing);
        await RunAsync(isDurable: true, rows: 1, _ => true, CancellationToken.None).ConfigureAwait(false);
        await clearing.Task.ConfigureAwait(false);
    }

    private void ClearWhenAsked()
    {
        while (_clearings.TryDequeue(out TaskCompletionSource? clearing))
        {
            try
            {
                Clear();
                clearing.SetResult();
            }
            catch (BufferException error)
            {
                clearing.SetException(error);
            }
        }
    }

    private void Clear()
    {
        // The log still holds the pages as they were; emptied, its place on the disk is the file system's to reuse.
        _logPages = _connection.Checkpoint(truncate: true);
        if (_logPages > 0)
        {
            throw new BufferException(BufferFault.Locked, $"All is erased, but another process reads {_connection.Path}, so that traces are left in its log. Erase again once it has ended.");
        }
    }
}
