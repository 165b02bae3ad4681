using System.Collections.Concurrent;
using HomeHub.Core.Buffering;
using Microsoft.Extensions.Logging;

namespace HomeHub.Sqlite;

/// <content>The log: moving it into the database, and leaving no trace in it of what was deleted.</content>
internal sealed partial class BufferWriter
{
    /// <summary>
    /// Pages in the log from which an idle writer moves it into the database. SQLite's index of the log then has the numbers of all pages in its first page, which is written at
    /// each commit anyway.
    /// </summary>
    private const int IdleCheckpointPages = 900;

    /// <summary>Pages that the log of a hub is made for at its start: what an idle writer lets it have, and what may come on top.</summary>
    private const int PreparedPages = IdleCheckpointPages + 100;

    /// <summary>Bytes that the log holds for each page beside it.</summary>
    private const int FrameHeaderBytes = 24;

    /// <summary>Bytes that a file system writes at once.</summary>
    private const int BlockBytes = 4096;

    private readonly ConcurrentQueue<TaskCompletionSource> _clearings = new();
    private bool _isCheckpointAsked;
    private long _logPages;

    /// <summary>Has the log moved into the database after this transaction, as the file gets no smaller before. Called from within it.</summary>
    public void AskForCheckpoint() => _isCheckpointAsked = true;

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
                CommitHeld();
                Clear();
                PrepareLog();
                clearing.SetResult();
            }
            catch (BufferException error)
            {
                clearing.SetException(error);
            }
        }
    }

    /// <summary>
    /// Makes the log as long as it becomes, with zeros, which SQLite takes for its end: a log that grows has the file system note its new length and where it lies, at each commit
    /// (docs/decisions/0051). Where there is no room it grows as it is written.
    /// </summary>
    private void PrepareLog()
    {
        if (!_options.PreparesLog)
        {
            return;
        }

        string path = _connection.Path + "-wal";
        long goal = Math.Min(_options.LogBudgetBytes / 2, PreparedPages * (long)(_connection.PageBytes + FrameHeaderBytes));
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            long length = file.Length;
            if (length < goal)
            {
                file.Position = length;
                try
                {
                    // Block by block: what is written in one piece the system holds as one piece, and takes all of it for changed when a part is.
                    byte[] block = new byte[BlockBytes];
                    for (long at = length; at < goal; at = file.Position)
                    {
                        file.Write(block, 0, (int)Math.Min(goal - at, BlockBytes - (at % BlockBytes)));
                    }

                    file.Flush(flushToDisk: true);
                }
                catch (IOException)
                {
                    file.SetLength(length);
                    throw;
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _logger.LogWarning("The write-ahead log could not be made as long as it becomes, so that each reading costs the disk more: {Reason}", error.Message);
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

    /// <summary>
    /// The log goes into the database after the callers have their answers: early when nothing waits, and in any case before it has used
    /// half of its budget. Never within a transaction that is open, whose commit comes soon.
    /// </summary>
    private void CheckpointWhenDue()
    {
        long mostPages = _options.LogBudgetBytes / 2 / _connection.PageBytes;
        long duePages = _isCheckpointAsked ? 1 : _queue.Reader.Count == 0 ? Math.Min(IdleCheckpointPages, mostPages) : mostPages;
        if (_damage is not null || _isHolding || _logPages < duePages)
        {
            return;
        }

        _isCheckpointAsked = false;
        try
        {
            // Frames that a reader still needs stay; the count goes on from them.
            _logPages = _connection.Checkpoint(truncate: false);
        }
        catch (BufferException error)
        {
            // All is safe in the log. It is tried again after the next commits.
            _logger.LogError(error, "Moving the write-ahead log into the database failed.");
            _logPages = 0;
        }
    }
}
