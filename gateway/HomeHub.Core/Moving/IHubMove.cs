using HomeHub.Core.Buffering;

namespace HomeHub.Core.Moving;

/// <summary>
/// Port: a hub's history moves to the hub that takes its place (docs/decisions/0044). What needs all files at rest is done when the hub starts anew, which is asked for with
/// <see cref="StartAnew"/>, once the one who asked has got the answer.
/// </summary>
/// <exception cref="BufferException">Thrown by every member when a file can't be read or written.</exception>
public interface IHubMove
{
    /// <summary>That this hub's history was packed: null while the hub is as usual.</summary>
    MovedHub? Moved { get; }

    /// <summary>Whether the hub is about to start anew.</summary>
    bool IsStartingAnew { get; }

    /// <summary>Length of the archive, in bytes; null where it is not here: it was written elsewhere, by the command.</summary>
    long? ArchiveBytes { get; }

    /// <summary>What hinders this hub's history from being packed; null: nothing.</summary>
    Task<MoveProblem?> FindHindranceAsync(CancellationToken cancellation);

    /// <summary>Has the history packed at the new start: from then on this hub takes and sends nothing. Ended in the middle, the hub is as it was.</summary>
    /// <param name="code">The code that will open the archive.</param>
    /// <param name="who">Who says so.</param>
    /// <returns>False: it was asked for already, and the code of the first one counts.</returns>
    bool MoveAway(TransferCode code, string who);

    /// <summary>Whether somebody has got all of the archive: it was sent to its end, or is not here.</summary>
    bool IsFetched { get; }

    /// <summary>Notes that the archive was sent to its end.</summary>
    void NoteFetched();

    /// <summary>The archive, to be read from its begin; only where <see cref="ArchiveBytes"/> says that it is here.</summary>
    Stream OpenArchive();

    /// <summary>Has the move taken back at the new start: it did not happen, and this hub is as before.</summary>
    /// <param name="who">Who says so.</param>
    void Undo(string who);

    /// <summary>Overwrites and removes everything of the home. Ended in the middle, the next start goes on with it; after that it is a new hub.</summary>
    /// <param name="who">Who says so.</param>
    Task<WipeProof> WipeAsync(string who);

    /// <summary>Whether this hub can take a history: nothing of a home is on it. Else why not.</summary>
    Task<MoveProblem?> FindObstacleAsync(CancellationToken cancellation);

    /// <summary>Takes an archive, checks all of it, and has it put in place at the new start, whole or not at all.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="code">Its code.</param>
    /// <param name="who">Who says so.</param>
    /// <param name="cancellation">Ends it: nothing has changed then.</param>
    /// <returns>Why nothing has changed; null: it is done.</returns>
    Task<MoveProblem?> TakeInAsync(Stream archive, TransferCode code, string who, CancellationToken cancellation);

    /// <summary>Has the hub start anew, now.</summary>
    void StartAnew();
}
