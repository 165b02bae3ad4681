using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.Moving;

namespace HomeHub.Sqlite;

/// <summary>Moving the history of a hub that runs.</summary>
public sealed class SqliteHubMove : IHubMove
{
    private readonly string _folder;
    private readonly HubIdentity _hub;
    private readonly TimeProvider _time;
    private readonly Func<ValueTask> _closeStores;
    private readonly Action<Func<CancellationToken, Task>> _startAnew;
    private Func<CancellationToken, Task> _meanwhile = _ => Task.CompletedTask;
    private int _isTaking, _isMovingAway;

    /// <summary>Creates it.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="hub">The hub.</param>
    /// <param name="time">The clock.</param>
    /// <param name="closeStores">Closes every store of the folder, before all of them are removed.</param>
    /// <param name="startAnew">Has the hub end what runs, do what it is given, and start anew.</param>
    public SqliteHubMove(string folder, HubIdentity hub, TimeProvider time, Func<ValueTask> closeStores, Action<Func<CancellationToken, Task>> startAnew)
    {
        (_folder, _hub, _time, _closeStores, _startAnew) = (folder, hub, time, closeStores, startAnew);
        Moved = HistoryMoves.ReadMoved(folder);
    }

    /// <inheritdoc/>
    public MovedHub? Moved { get; }

    /// <inheritdoc/>
    public bool IsStartingAnew { get; private set; }

    /// <inheritdoc/>
    public long? ArchiveBytes => File.Exists(Archive) ? new FileInfo(Archive).Length : null;

    private string Archive => new MoveFolder(_folder).Archive;

    /// <inheritdoc/>
    public Task<MoveProblem?> FindHindranceAsync(CancellationToken cancellation) => Task.Run(() => HistoryMoves.FindHindrance(_folder, isHere: true), cancellation);

    /// <inheritdoc/>
    public bool MoveAway(TransferCode code, string who)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (Interlocked.Exchange(ref _isMovingAway, 1) != 0)
        {
            return false;
        }

        _meanwhile = cancellation => HistoryMoves.PackAsync(_folder, null, code, who, _time, cancellation);
        IsStartingAnew = true;
        return true;
    }

    /// <inheritdoc/>
    public bool IsFetched => !File.Exists(Archive) || File.Exists(new MoveFolder(_folder).Fetched);

    /// <inheritdoc/>
    public void NoteFetched() => BufferFiles.WriteWhole(new MoveFolder(_folder).Fetched, "");

    /// <inheritdoc/>
    public Stream OpenArchive() => new FileStream(Archive, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);

    /// <inheritdoc/>
    public void Undo(string who)
    {
        _meanwhile = cancellation => HistoryMoves.UndoAsync(_folder, who, _time.GetLocalNow(), cancellation);
        IsStartingAnew = true;
    }

    /// <inheritdoc/>
    public async Task<WipeProof> WipeAsync(string who)
    {
        IsStartingAnew = true;
        await _closeStores().ConfigureAwait(false);
        return await HistoryMoves.WipeAsync(_folder, who, _time.GetLocalNow()).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<MoveProblem?> FindObstacleAsync(CancellationToken cancellation) => Task.Run(() => HistoryMoves.FindObstacle(_folder), cancellation);

    /// <inheritdoc/>
    public async Task<MoveProblem?> TakeInAsync(Stream archive, TransferCode code, string who, CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _isTaking, 1) != 0)
        {
            // One is being taken already; whoever sent this one sees the history of that one soon.
            return MoveProblem.NotEmpty;
        }

        try
        {
            await HistoryMoves.TakeInAsync(_folder, _hub, archive, code, who, _time.GetLocalNow(), cancellation).ConfigureAwait(false);
            IsStartingAnew = true;
            return null;
        }
        catch (MoveException error)
        {
            return error.Problem;
        }
        catch (BufferException error) when (error.Fault == BufferFault.DiskFull)
        {
            return MoveProblem.NoRoom;
        }
        finally
        {
            Volatile.Write(ref _isTaking, 0);
        }
    }

    /// <inheritdoc/>
    public void StartAnew() => _startAnew(_meanwhile);
}
