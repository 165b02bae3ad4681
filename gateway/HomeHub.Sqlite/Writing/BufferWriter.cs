using System.Threading.Channels;
using HomeHub.Core.Buffering;
using Microsoft.Extensions.Logging;

namespace HomeHub.Sqlite;

/// <summary>
/// The one thread that writes. It takes all requests that wait and does them in one transaction, so that callers share its sync (group
/// commit): nobody is made to wait for company, but while one commit is being synced the next fills up. What needs no sync waits for the next commit that is made anyway.
/// </summary>
internal sealed partial class BufferWriter : IAsyncDisposable
{
    private readonly Connection _connection;
    private readonly WriteSession _session;
    private readonly SqliteBufferOptions _options;
    private readonly ILogger _logger;
    private readonly Action _noteDamage;
    private readonly Channel<WriteRequest> _queue;
    private readonly List<WriteRequest> _batch = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isSyncing = true;
    private BufferException? _damage;

    /// <summary>Starts the thread.</summary>
    /// <param name="connection">Its own connection.</param>
    /// <param name="session">Works on <paramref name="connection"/>.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">For what no caller hears of.</param>
    /// <param name="noteDamage">Leaves word for the next start that the file is damaged.</param>
    /// <param name="readAgain">Has memory know what the disk knows, after something that callers had been told was lost.</param>
    public BufferWriter(
        Connection connection, WriteSession session, SqliteBufferOptions options, TimeProvider time, ILogger logger, Action noteDamage, Action readAgain)
    {
        _connection = connection;
        _session = session;
        _options = options;
        _logger = logger;
        _noteDamage = noteDamage;
        _readAgain = readAgain;
        _time = time;
        _queue = Channel.CreateBounded<WriteRequest>(new BoundedChannelOptions(options.MaxQueuedRequests)
        {
            SingleReader = true,
            FullMode = BoundedChannelFullMode.Wait,
        });
        _due = time.CreateTimer(_ => _queue.Writer.TryWrite(Nothing()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        new Thread(Work) { Name = "buffer-writer", IsBackground = true }.Start();
    }

    /// <summary>Does something in the next transaction; ends when it is committed.</summary>
    /// <param name="isDurable">True to end only when it is synced to disk.</param>
    /// <param name="rows">How much work it is, in rows.</param>
    /// <param name="run">What to do.</param>
    /// <param name="cancellation">Takes it back while it waits.</param>
    public Task<T> RunAsync<T>(bool isDurable, int rows, Func<WriteSession, T> run, CancellationToken cancellation) =>
        RunAsync(new WriteRequest<T>(isDurable ? CommitNeed.Synced : CommitNeed.AtOnce, rows, run, cancellation), cancellation);

    /// <summary>
    /// Does something whose loss does no harm; ends when it is done and everybody in this process sees it. It is committed with what comes next, or after <see cref="HoldLimit"/>.
    /// </summary>
    /// <param name="rows">How much work it is, in rows: where that is much, it is committed at once.</param>
    /// <param name="run">What to do.</param>
    /// <param name="cancellation">Takes it back while it waits.</param>
    public Task<T> RunLaterAsync<T>(int rows, Func<WriteSession, T> run, CancellationToken cancellation) =>
        RunAsync(new WriteRequest<T>(CommitNeed.Later, rows, run, cancellation), cancellation);

    private async Task<T> RunAsync<T>(WriteRequest<T> request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
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

    /// <summary>As <see cref="RunLaterAsync"/>; nobody waits for it. When the queue is full it is left out.</summary>
    public void Post(Action<WriteSession> run) => _queue.Writer.TryWrite(new WriteRequest<bool>(
        CommitNeed.Later,
        rows: 1,
        session =>
        {
            run(session);
            return true;
        },
        CancellationToken.None));

    /// <summary>Ends the thread when all requests are done.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        try
        {
            await _ended.Task.ConfigureAwait(false);
        }
        finally
        {
            await _due.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Work()
    {
        try
        {
            PrepareLog();
            while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                TakeBatch();
                Commit(_batch);
                MergeWhenDue();
                CheckpointWhenDue();
                ClearWhenAsked();
            }

            CommitHeld();
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
            var merge = new WriteRequest<bool>(CommitNeed.AtOnce, rows: 1, session => session.MergeRecent(), CancellationToken.None);
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
            Undo(error, isAll: false);
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
        bool wasHolding = _isHolding, mayWait = MayWait(batch);
        if (wasHolding)
        {
            _connection.Execute($"SAVEPOINT {Connection.BatchSavepoint}");
        }
        else
        {
            // What comes to a transaction that stays open may need a sync, and how it is committed can't be changed within it.
            SetSync(mayWait || batch.Exists(request => request.Need == CommitNeed.Synced));
            _connection.Execute("BEGIN IMMEDIATE");
            MakeUpForLoss();
        }

        long changes = _connection.TotalChanges;
        foreach (WriteRequest request in batch)
        {
            request.Run(_session);
        }

        _session.SaveCounters();
        if (mayWait && (wasHolding || _connection.TotalChanges != changes))
        {
            Hold(batch, wasHolding);
        }
        else
        {
            _connection.Execute("COMMIT");
            NoteCommitted();
        }

        _session.Publish();
    }

    /// <summary>
    /// Leases and settlements need no sync of their own: a power cut that takes them back makes readings be sent again, which is harmless,
    /// and the next append syncs them along. Where they are many, that spares a memory card two syncs in three.
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
        bool isDamaged = error.Fault == BufferFault.Damaged;
        Undo(error, isAll: isDamaged);
        if (isDamaged)
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

    private static void FailAll(List<WriteRequest> batch, Exception error)
    {
        foreach (WriteRequest request in batch)
        {
            request.Fail(error);
        }
    }
}
