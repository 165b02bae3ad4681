using HomeHub.Core.Buffering;
using Microsoft.Extensions.Logging;

namespace HomeHub.Sqlite;

/// <content>
/// The transaction that stays open. A commit writes whole blocks, however little is in it; what may be lost without harm (leases, receipts, what recipients know of devices) therefore waits
/// for a commit that is made anyway (docs/decisions/0051).
/// </content>
internal sealed partial class BufferWriter
{
    /// <summary>How long something is held at most. Where a reading comes each minute, it goes with the next one.</summary>
    public static readonly TimeSpan HoldLimit = TimeSpan.FromSeconds(90);

    /// <summary>Rows that are held at most. More are a backlog that is being sent: there a commit carries so much that it costs nothing.</summary>
    public const int MaxHeldRows = 64;

    private readonly TimeProvider _time;
    private readonly Action _readAgain;
    private readonly ITimer _due;
    private volatile bool _isHolding;
    private bool _hasLost;
    private int _heldRows;
    private long _heldSince;

    /// <summary>Whether something was answered that is not committed, so that another connection does not see it.</summary>
    public bool IsHolding => _isHolding;

    /// <summary>Ends when all that was answered is committed, or is taken back because it can't be.</summary>
    public async Task CommitHeldAsync(CancellationToken cancellation)
    {
        if (!_isHolding)
        {
            return;
        }

        try
        {
            await RunAsync(Nothing(), cancellation).ConfigureAwait(false);
        }
        catch (BufferException)
        {
            // The log says so, and that what was held is lost: then what is on the disk is what is.
        }
    }

    /// <summary>A request that has what is held committed.</summary>
    private static WriteRequest<bool> Nothing() => new(CommitNeed.AtOnce, rows: 0, _ => true, CancellationToken.None);

    /// <summary>On the writer's thread.</summary>
    private void CommitHeld()
    {
        if (_isHolding)
        {
            Commit([Nothing()]);
        }
    }

    private bool MayWait(List<WriteRequest> batch) =>
        !_hasLost && batch.TrueForAll(request => request.Need == CommitNeed.Later) && _heldRows + batch.Sum(request => (long)request.Rows) <= MaxHeldRows;

    private void Hold(List<WriteRequest> batch, bool wasHolding)
    {
        if (wasHolding)
        {
            _connection.Execute($"RELEASE {Connection.BatchSavepoint}");
        }
        else
        {
            _heldSince = _time.GetTimestamp();
            _due.Change(HoldLimit, Timeout.InfiniteTimeSpan);
            _isHolding = true;
        }

        _heldRows += batch.Sum(request => request.Rows);
    }

    private void NoteCommitted()
    {
        _logPages += _connection.TakePagesWritten();
        _hasLost = false;
        EndHold();
    }

    private void EndHold()
    {
        if (_isHolding)
        {
            _due.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _isHolding = false;
            _heldRows = 0;
        }
    }

    /// <summary>Takes back what the batch did; with what was held before it where everything is to go, or where SQLite let go of it.</summary>
    private void Undo(Exception error, bool isAll)
    {
        bool isLost = _isHolding && (isAll || !TryUndoBatch());
        if (!_isHolding || isLost)
        {
            try
            {
                _connection.Rollback();
            }
            catch (BufferException second)
            {
                // SQLite has rolled back by itself, or will when the file is opened again; the caller hears the first error.
                _logger.LogError(second, "Rolling back failed.");
            }
        }

        _session.RolledBack();
        if (isLost)
        {
            Lose(error);
        }
    }

    private bool TryUndoBatch()
    {
        try
        {
            return _connection.TryRollbackBatch();
        }
        catch (BufferException error)
        {
            _logger.LogError(error, "Rolling back a part failed.");
            return false;
        }
    }

    /// <summary>
    /// What callers were told is gone, as after a power cut: the readings that were leased are buffered again, and memory shows that. Until something is committed again nothing is held, so
    /// that a full disk does not have the same readings sent again and again.
    /// </summary>
    private void Lose(Exception error)
    {
        _logger.LogError(
            error,
            "What became of readings in the last {Seconds:0} s could not be written to the disk and is taken back: readings among them are sent again, as after a power cut.",
            _time.GetElapsedTime(_heldSince).TotalSeconds);
        EndHold();
        _hasLost = true;
        try
        {
            ReadAgain();
        }
        catch (BufferException second)
        {
            // The next transaction begins with it.
            _logger.LogError(second, "What the disk holds of it can't be read.");
        }
    }

    /// <summary>At the beginning of the first transaction after a loss.</summary>
    private void MakeUpForLoss()
    {
        if (_hasLost)
        {
            ReadAgain();
            _session.NoteLostLeases();
        }
    }

    private void ReadAgain()
    {
        _session.Counters.Load(_connection);
        _readAgain();
    }
}
