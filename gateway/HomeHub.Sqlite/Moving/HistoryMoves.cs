using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.Moving;

namespace HomeHub.Sqlite;

/// <summary>
/// A history goes from one data folder into an archive, and from an archive into another data folder (docs/decisions/0044). Each step is done whole, or brought to one of its ends by
/// <see cref="SettleAsync"/>, wherever the process was killed. No hub may run on the folder meanwhile, but for <see cref="TakeInAsync"/>.
/// </summary>
public static class HistoryMoves
{
    /// <summary>That a folder's history was packed; null when it was not.</summary>
    /// <exception cref="BufferException">The mark can't be read.</exception>
    public static MovedHub? ReadMoved(string folder) => new MoveFolder(folder).ReadMark() is { State: MoveState.Moved } mark ? mark.Hub : null;

    /// <summary>Whether a history that was taken in waits to be put in place: until then the folder's files tell nothing.</summary>
    public static bool IsWaiting(string folder) => Directory.Exists(new MoveFolder(folder).Ready);

    /// <summary>Brings to an end what was begun, before anything else is opened: puts a history in place that was taken in, goes on with wiping, takes back a packing that did not come to its end.</summary>
    /// <exception cref="BufferException">A hub runs on the folder, or a file can't be written.</exception>
    public static async Task SettleAsync(string folder, TimeProvider time, CancellationToken cancellation)
    {
        var move = new MoveFolder(folder);
        if (!Directory.Exists(move.Files.Folder) || !move.HasUnfinished)
        {
            return;
        }

        using FileStream held = move.Files.TakeLock();
        Place(move);
        if (Directory.Exists(move.Incoming))
        {
            Directory.Delete(move.Incoming, recursive: true);
        }

        switch (move.ReadMark())
        {
            case { State: MoveState.Begun }:
                await TakeBackAsync(move, MovedHub.InterruptedWho, time.GetLocalNow(), cancellation).ConfigureAwait(false);
                break;
            case { State: MoveState.Wiping }:
                move.EraseHome();
                move.EraseHub();
                break;
            case null:
                move.EraseArchive();
                break;
        }
    }

    /// <summary>What hinders a folder's history from being packed; null: nothing.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="isHere">Whether the archive is to lie in the folder.</param>
    public static MoveProblem? FindHindrance(string folder, bool isHere)
    {
        var move = new MoveFolder(folder);
        return SqliteHeldPayloads.CountIn(folder) > 0 ? MoveProblem.Held
            : isHere && move.HistoryBytes + HistoryArchive.SpareBytes > move.FreeBytes ? MoveProblem.NoRoom
            : null;
    }

    /// <summary>Packs a folder's history. From then on it takes and sends nothing.</summary>
    /// <param name="folder">The data folder, settled.</param>
    /// <param name="to">Where the archive goes; null: into the folder.</param>
    /// <param name="code">The code that will open it.</param>
    /// <param name="who">Who says so.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends it: the folder is as it was then.</param>
    /// <exception cref="MoveException">It is not done: something hinders it.</exception>
    /// <exception cref="BufferException">It is not done: a hub runs on the folder, or a file can't be read or written.</exception>
    public static async Task<MovedHub> PackAsync(string folder, string? to, TransferCode code, string who, TimeProvider time, CancellationToken cancellation)
    {
        var move = new MoveFolder(folder);
        using FileStream held = move.Files.TakeLock();
        if (FindHindrance(folder, to is null) is { } problem)
        {
            throw new MoveException(problem);
        }

        MovedHub hub = Count(move) with { At = time.GetLocalNow(), Who = who };
        move.WriteMark(MoveState.Begun, hub);
        try
        {
            await NoteAsync(move, AuditActs.HubMovedAway, hub.At, who, AuditAbout.Of((AuditDetail.Readings, hub.Readings), (AuditDetail.ToBeSent, hub.Waiting)), cancellation).ConfigureAwait(false);
            await WriteArchiveAsync(move, to ?? move.Archive, code, hub, cancellation).ConfigureAwait(false);
        }
        catch
        {
            await TakeBackAsync(move, MovedHub.InterruptedWho, time.GetLocalNow(), CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        return hub;
    }

    /// <summary>The move did not happen: the folder's hub is as before.</summary>
    /// <exception cref="BufferException">A file can't be written.</exception>
    public static async Task UndoAsync(string folder, string who, DateTimeOffset at, CancellationToken cancellation)
    {
        var move = new MoveFolder(folder);
        using FileStream held = move.Files.TakeLock();
        await TakeBackAsync(move, who, at, cancellation).ConfigureAwait(false);
    }

    /// <summary>Overwrites and removes what is a home's; what the hub was known by goes with the next <see cref="SettleAsync"/>. Nothing of the folder may be open.</summary>
    /// <exception cref="InvalidOperationException">Its history was not packed.</exception>
    public static async Task<WipeProof> WipeAsync(string folder, string who, DateTimeOffset at)
    {
        var move = new MoveFolder(folder);
        MovedHub hub = ReadMoved(folder) ?? throw new InvalidOperationException("Only a hub whose history was packed is wiped.");
        using FileStream held = move.Files.TakeLock();
        string? mark = await ReadAuditMarkAsync(folder).ConfigureAwait(false);
        move.WriteMark(MoveState.Wiping, hub);
        return new WipeProof(at, who, hub, move.EraseHome(), mark);
    }

    /// <summary>Why a folder can't take a history: something of a home is in it. Null: it can.</summary>
    public static MoveProblem? FindObstacle(string folder)
    {
        bool isEmpty = !HasReadings(folder) && SqliteHeldPayloads.CountIn(folder) == 0 && ReadMoved(folder) is null && !IsWaiting(folder)
            && !HasRow(folder, SqliteHousehold.FileName, "person") && !HasRow(folder, SqliteDeviceRegistry.FileName, "device") && !HasRow(folder, SqliteConsentBook.FileName, "decision");
        return isEmpty ? null : MoveProblem.NotEmpty;
    }

    /// <summary>
    /// Takes an archive, checks all of it, and leaves it to be put in place by the next <see cref="SettleAsync"/>. A hub may run on the folder: nothing of its files changes.
    /// </summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="own">The hub of the folder, which stays itself.</param>
    /// <param name="archive">The archive.</param>
    /// <param name="code">Its code.</param>
    /// <param name="who">Who says so.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellation">Ends it: nothing has changed then.</param>
    /// <exception cref="MoveException">It is not taken; the folder is as it was.</exception>
    public static async Task TakeInAsync(string folder, HubIdentity own, Stream archive, TransferCode code, string who, DateTimeOffset at, CancellationToken cancellation)
    {
        var move = new MoveFolder(folder);
        if (FindObstacle(folder) is { } problem)
        {
            throw new MoveException(problem);
        }

        var incoming = new BufferFiles(move.Incoming);
        try
        {
            if (Directory.Exists(move.Incoming))
            {
                Directory.Delete(move.Incoming, recursive: true);
            }

            incoming.CreateFolder();
            string? claim = await ReadClaimCodeAsync(folder, cancellation).ConfigureAwait(false);
            await HistoryArchive.ReadAsync(archive, code, move.Incoming, move.FreeBytes, cancellation).ConfigureAwait(false);
            await HistoryAdoption.RunAsync(move.Incoming, own, claim, await ReadAuditMarkAsync(folder).ConfigureAwait(false), who, at, cancellation).ConfigureAwait(false);

            // It took its time: meanwhile somebody else may have made the hub theirs.
            if (FindObstacle(folder) is not null || await ReadClaimCodeAsync(folder, cancellation).ConfigureAwait(false) != claim)
            {
                throw new MoveException(MoveProblem.NotEmpty);
            }

            Directory.Move(move.Incoming, move.Ready);
        }
        catch
        {
            if (Directory.Exists(move.Incoming))
            {
                Directory.Delete(move.Incoming, recursive: true);
            }

            throw;
        }
    }

    /// <summary>Each file takes the place of this hub's own; ended in the middle, the next start goes on with those that are left.</summary>
    private static void Place(MoveFolder move)
    {
        if (!Directory.Exists(move.Ready))
        {
            return;
        }

        foreach (string name in MoveFolder.History.Where(name => File.Exists(Path.Combine(move.Ready, name))))
        {
            BufferFiles.Delete(move.Of(name));
            File.Move(Path.Combine(move.Ready, name), move.Of(name));
        }

        Directory.Delete(move.Ready, recursive: true);
    }

    private static async Task TakeBackAsync(MoveFolder move, string who, DateTimeOffset at, CancellationToken cancellation)
    {
        await NoteAsync(move, AuditActs.HubMoveUndone, at, who, null, cancellation).ConfigureAwait(false);
        File.Delete(move.Mark);
        move.EraseArchive();
    }

    /// <summary>The mark is written while nobody can write the files: what is written later would not move.</summary>
    private static async Task WriteArchiveAsync(MoveFolder move, string path, TransferCode code, MovedHub hub, CancellationToken cancellation)
    {
        var files = new List<ResidentFile>();
        string draft = path + ".new";
        try
        {
            foreach (string name in MoveFolder.History.Where(name => File.Exists(move.Of(name))))
            {
                files.Add(ResidentFile.Open(move.Of(name)));
            }

            using (FileStream archive = HistoryArchive.Create(draft))
            {
                await HistoryArchive.WriteAsync(files, archive, code, cancellation).ConfigureAwait(false);
                archive.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
            move.WriteMark(MoveState.Moved, hub);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            File.Delete(draft);
            throw BufferFiles.ToException(error, path);
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }
    }

    private static async Task NoteAsync(MoveFolder move, string act, DateTimeOffset at, string who, string? about, CancellationToken cancellation)
    {
        SqliteAuditLog audit = await SqliteAuditLog.OpenAsync(move.Files.Folder, cancellation).ConfigureAwait(false);
        await using (audit.ConfigureAwait(false))
        {
            await audit.AddAsync(new AuditNote(at, act, who, null, about), cancellation).ConfigureAwait(false);
        }
    }

    private static MovedHub Count(MoveFolder move)
    {
        if (!File.Exists(move.Files.Database))
        {
            throw new BufferException(BufferFault.Failed, $"There is no hub in {move.Files.Folder}: it has never run.");
        }

        using Connection connection = Connection.OpenWriter(move.Files.Database);
        Schema.ReadVersion(connection);
        return new MovedHub(
            default, "", connection.Scalar("SELECT count(*) FROM reading"),
            connection.Scalar($"SELECT count(DISTINCT reading) FROM delivery WHERE state IN ({(int)DeliveryState.Buffered}, {(int)DeliveryState.Sent})"));
    }

    private static bool HasReadings(string folder) => HasRow(folder, BufferFiles.DatabaseName, "reading") || HasRow(folder, BufferFiles.DatabaseName, "seen") || HasRow(folder, BufferFiles.DatabaseName, "quarantine");

    private static bool HasRow(string folder, string file, string table)
    {
        string path = Path.Combine(folder, file);
        if (!File.Exists(path))
        {
            return false;
        }

        using Connection connection = Connection.OpenWriter(path);
        connection.Execute("PRAGMA busy_timeout = 5000");
        return connection.Scalar($"SELECT EXISTS (SELECT 1 FROM {table})") != 0;
    }

    private static async Task<string?> ReadAuditMarkAsync(string folder)
    {
        if (!File.Exists(Path.Combine(folder, SqliteAuditLog.FileName)))
        {
            return null;
        }

        SqliteAuditLog audit = await SqliteAuditLog.OpenAsync(folder, CancellationToken.None).ConfigureAwait(false);
        await using (audit.ConfigureAwait(false))
        {
            return (await audit.ReadLastAsync(CancellationToken.None).ConfigureAwait(false))?.Mark;
        }
    }

    private static async Task<string?> ReadClaimCodeAsync(string folder, CancellationToken cancellation)
    {
        if (!File.Exists(Path.Combine(folder, SqliteHousehold.FileName)))
        {
            return null;
        }

        SqliteHousehold household = await SqliteHousehold.OpenAsync(folder, cancellation).ConfigureAwait(false);
        await using (household.ConfigureAwait(false))
        {
            return await household.GetClaimCodeAsync(cancellation).ConfigureAwait(false);
        }
    }
}
