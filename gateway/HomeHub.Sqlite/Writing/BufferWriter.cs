using System.Threading.Channels;
using HomeHub.Core.Buffering;
using Microsoft.Extensions.Logging;

namespace HomeHub.Sqlite;

/// <summary>
/// The one thread that writes. It takes all requests that wait and does them in one transaction, so that callers share its sync (group
/// commit): nobody is made to wait for company, but while one commit is being synced the next fills up.
/// </summary>
internal sealed partial class BufferWriter : IAsyncDisposable
{
    /// <summary>
    /// Pages in the log from which an idle writer moves it into the database. SQLite's index of the log then has the numbers of all pages in its first page, which is written at
    /// each commit anyway.
    /// </summary>
    private const int IdleCheckpointPages = 900;

    private readonly Connection _connection;
    private readonly WriteSession _session;
    private readonly SqliteBufferOptions _options;
    private readonly ILogger _logger;
    private readonly Action _noteDamage;
    private readonly Channel<WriteRequest> _queue;
    private readonly List<WriteRequest> _batch = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isSyncing = true;
    private bool _isCheckpointAsked;
    private long _logPages;
    private BufferException? _damage;

    /// <summary>Starts the thread.</summary>
    /// <param name="connection">Its own connection.</param>
    /// <param name="session">Works on <paramref name="connection"/>.</param>
    /// <param name="options">Limits.</param>
    /// <param name="logger">For what no caller hears of.</param>
    /// <param name="noteDamage">Leaves word for the next start that the file is damaged.</param>
    public BufferWriter(Connection connection, WriteSession session, SqliteBufferOptions options, ILogger logger, Action noteDamage)
    {
        _connection = connection;
        _session = session;
        _options = options;
        _logger = logger;
        _noteDamage = noteDamage;
        _queue = Channel.CreateBounded<WriteRequest>(new BoundedChannelOptions(options.MaxQueuedRequests)
        {
            SingleReader = true,
            FullMode = BoundedChannelFullMode.Wait,
        });
        new Thread(Work) { Name = "buffer-writer", IsBackground = true }.Start();
    }

    /// <summary>Does something in the next transaction; ends when it is committed.</summary>
    /// <param name="isDurable">True to end only when it is synced to disk.</param>
    /// <param name="rows">How much work it is, in rows.</param>
    /// <param name="run">What to do.</param>
    /// <param name="cancellation">Takes it back while it waits.</param>
    public async Task<T> RunAsync<T>(bool isDurable, int rows, Func<WriteSession, T> run, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var request = new WriteRequest<T>(isDurable, rows, run, cancellation);
        try
        {
            await _queue.Writer.WriteAsync(request, cancellation).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(SqliteReadingBuffer));
        }

        return await request.Task.ConfigureAwait(false);
    }

    /// <summary>Does something with the next transaction; nobody waits for it. When the queue is full it is left out.</summary>
    public void Post(Action<WriteSession> run) => _queue.Writer.TryWrite(new WriteRequest<bool>(
        isDurable: false,
        rows: 1,
        session =>
        {
            run(session);
            return true;
        },
        CancellationToken.None));

    /// <summary>Has the log moved into the database after this transaction, as the file gets no smaller before. Called from within it.</summary>
    public void AskForCheckpoint() => _isCheckpointAsked = true;

    /// <summary>Ends the thread when all requests are done.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _ended.Task.ConfigureAwait(false);
    }

    private void Work()
    {
        try
        {
            while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                TakeBatch();
                Commit(_batch);
                MergeWhenDue();
                CheckpointWhenDue();
                ClearWhenAsked();
            }

            _ended.SetResult();
        }
#pragma warning disable CA1031 // The end of the thread: whatever it was, who disposes hears of it, and who waits too.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _queue.Writer.TryComplete(error);
            FailAll(_batch, error);
            while (_queue.Reader.TryRead(out WriteRequest? request))
            {
                request.Fail(error);
            }

            _ended.SetException(error);
        }
    }

    /// <summary>In a transaction of its own, after the callers have their answers.</summary>
    private void MergeWhenDue()
    {
        if (_damage is null && _session.HasManyRecent)
        {
            var merge = new WriteRequest<bool>(isDurable: false, rows: 1, session => session.MergeRecent(), CancellationToken.None);
            Commit([merge]);
            if (merge.Task.Exception is { } error)
            {
                // They stay where they are, which is safe; it is tried again after the next commit.
                _logger.LogError(error.InnerException, "Merging the identities of recent readings failed.");
            }
        }
    }

    private void TakeBatch()
    {
        _batch.Clear();
        int rows = 0;
        while (rows < _options.MaxReadingsPerCommit && _queue.Reader.TryRead(out WriteRequest? request))
        {
            _batch.Add(request);
            rows += request.Rows;
        }
    }

    private void Commit(List<WriteRequest> batch)
    {
        if (_damage is not null)
        {
            FailAll(batch, _damage);
            return;
        }

        try
        {
            RunTransaction(batch);
        }
        catch (BufferException error)
        {
            UndoAndFail(batch, error);
            return;
        }
#pragma warning disable CA1031 // A fault in one request must not end the others, nor the thread; its caller gets it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Undo();
            if (batch.Count == 1)
            {
                batch[0].Fail(error);
                return;
            }

            // One of several is at fault: each in a transaction of its own, and only that one fails.
            foreach (WriteRequest request in batch.ToArray())
            {
                Commit([request]);
            }

            return;
        }

        foreach (WriteRequest request in batch)
        {
            request.Complete();
        }
    }

    private void RunTransaction(List<WriteRequest> batch)
    {
        SetSync(batch.Exists(request => request.IsDurable));
        _connection.Execute("BEGIN IMMEDIATE");
        foreach (WriteRequest request in batch)
        {
            request.Run(_session);
        }

        _session.SaveCounters();
        _connection.Execute("COMMIT");
        _session.Committed();
        _logPages += _connection.TakePagesWritten();
    }

    /// <summary>
    /// Leases and settlements need no sync of their own: a power cut that takes them back makes readings be sent again, which is harmless,
    /// and the next append syncs them along. Spares a memory card two syncs in three.
    /// </summary>
    private void SetSync(bool isDurable)
    {
        if (isDurable != _isSyncing)
        {
            _connection.Execute(isDurable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            _isSyncing = isDurable;
        }
    }

    private void UndoAndFail(List<WriteRequest> batch, BufferException error)
    {
        Undo();
        if (error.Fault == BufferFault.Damaged)
        {
            _damage = error;
            _logger.LogCritical(error, "The buffer is damaged and takes nothing more. It is set aside and carried over at the next start.");
            TryNoteDamage();
        }

        FailAll(batch, error);
    }

    private void TryNoteDamage()
    {
        try
        {
            _noteDamage();
        }
        catch (BufferException error)
        {
            // The check at the next start finds the damage by itself, in all but very large files.
            _logger.LogError(error, "The mark that makes the next start deal with the damage could not be left.");
        }
    }

    private void Undo()
    {
        try
        {
            _connection.Rollback();
        }
        catch (BufferException error)
        {
            // SQLite has rolled back by itself, or will when the file is opened again; the caller hears the first error.
            _logger.LogError(error, "Rolling back failed.");
        }

        _session.RolledBack();
    }

    private static void FailAll(List<WriteRequest> batch, Exception error)
    {
        foreach (WriteRequest request in batch)
        {
            request.Fail(error);
        }
    }

    /// <summary>
    /// The log goes into the database after the callers have their answers: early when nothing waits, and in any case before it has used
    /// half of its budget.
    /// </summary>
    private void CheckpointWhenDue()
    {
        long mostPages = _options.LogBudgetBytes / 2 / _connection.PageBytes;
        long duePages = _isCheckpointAsked ? 1 : _queue.Reader.Count == 0 ? Math.Min(IdleCheckpointPages, mostPages) : mostPages;
        if (_damage is not null || _logPages < duePages)
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
