using System.Globalization;
using HomeHub.Core.Moving;

namespace HomeHub.Sqlite;

/// <summary>The files of a data folder that moving is about.</summary>
internal sealed class MoveFolder(string folder)
{
    /// <summary>
    /// The files that are a hub's history. What is held is not: it is known by the start of the system that it was taken in. Nor what was set aside after damage. Keys and certificate
    /// are the machine's own.
    /// </summary>
    public static readonly string[] History = [BufferFiles.DatabaseName, SqliteDeviceRegistry.FileName, SqliteHousehold.FileName, SqliteConsentBook.FileName, SqliteAuditLog.FileName];

    /// <summary>How the names of files begin that are a home's, and what the hub made to be known by. A folder with such a name goes with what is in it.</summary>
    private static readonly string[] OfTheHome =
    [
        "buffer.db", "buffer.damaged", SqliteDeviceRegistry.FileName, SqliteHousehold.FileName, SqliteConsentBook.FileName, SqliteAuditLog.FileName, SqliteHeldPayloads.FileName,
        ArchiveName, IncomingName, "requests", "retry-rejected",
    ];

    private static readonly string[] OfTheHub = ["hub-identity", "pages", "run-state"];

    private const string MarkName = "move-away.mark", ArchiveName = "move-away.archive", IncomingName = "move-in";

    /// <summary>The folder.</summary>
    public BufferFiles Files { get; } = new(folder);

    /// <summary>That the history was packed; see <see cref="ReadMark"/>.</summary>
    public string Mark => Path.Combine(Files.Folder, MarkName);

    /// <summary>The history, packed.</summary>
    public string Archive => Path.Combine(Files.Folder, ArchiveName);

    /// <summary>That the archive was sent to its end: before, what is in it is nowhere else.</summary>
    public string Fetched => Archive + ".fetched";

    /// <summary>A history that is being taken in: worth nothing until it has the other name.</summary>
    public string Incoming => Path.Combine(Files.Folder, IncomingName);

    /// <summary>A history that is whole and checked, to be put in place.</summary>
    public string Ready => Path.Combine(Files.Folder, IncomingName + ".ready");

    /// <summary>Path of a file of the history.</summary>
    public string Of(string name) => Path.Combine(Files.Folder, name);

    /// <summary>The mark; null when there is none.</summary>
    public (MoveState State, MovedHub Hub)? ReadMark()
    {
        if (!File.Exists(Mark))
        {
            return null;
        }

        string[] lines = File.ReadAllLines(Mark);
        return lines is [var state, var at, var readings, var waiting, var who] && Enum.TryParse(state, out MoveState known)
            ? (known, new MovedHub(
                DateTimeOffset.ParseExact(at, "O", CultureInfo.InvariantCulture), who, long.Parse(readings, CultureInfo.InvariantCulture), long.Parse(waiting, CultureInfo.InvariantCulture)))
            : throw new Core.Buffering.BufferException(Core.Buffering.BufferFault.Damaged, $"{Mark} can't be read: whether this hub was moved is not known.");
    }

    /// <summary>Writes the mark, whole or not at all.</summary>
    public void WriteMark(MoveState state, MovedHub hub) => BufferFiles.WriteWhole(
        Mark, string.Create(CultureInfo.InvariantCulture, $"{state}\n{hub.At:O}\n{hub.Readings}\n{hub.Waiting}\n{hub.Who}\n"));

    /// <summary>Whether something of a move waits to be brought to its end.</summary>
    public bool HasUnfinished => Directory.Exists(Ready) || Directory.Exists(Incoming) || ReadMark() is { State: not MoveState.Moved }
        || (!File.Exists(Mark) && (File.Exists(Archive) || File.Exists(Archive + ".new")));

    /// <summary>Free space where the folder is, in bytes.</summary>
    public long FreeBytes => new DriveInfo(Files.Folder).AvailableFreeSpace;

    /// <summary>Bytes of the history on disk.</summary>
    public long HistoryBytes => History.Sum(name => LengthOf(Of(name)) + LengthOf(Of(name) + "-wal"));

    /// <summary>Overwrites and removes the archive.</summary>
    public void EraseArchive()
    {
        Erase(Archive);
        Erase(Archive + ".new");
        File.Delete(Fetched);
    }

    /// <summary>Overwrites and removes what is a home's.</summary>
    /// <returns>How many files those were.</returns>
    public int EraseHome() => EraseAll(OfTheHome);

    /// <summary>Overwrites and removes what the hub was known by, and at last the mark: the next start is that of a new hub.</summary>
    public void EraseHub()
    {
        EraseAll(OfTheHub);

        // At once: a mark of zeros, as a power cut could leave it, would keep the hub from ever starting. There is no secret in it.
        File.Delete(Mark);
    }

    private int EraseAll(string[] beginnings)
    {
        int erased = 0;
        foreach (string path in Directory.GetFileSystemEntries(Files.Folder).Where(path => beginnings.Any(start => Path.GetFileName(path).StartsWith(start, StringComparison.Ordinal))))
        {
            if (!Directory.Exists(path))
            {
                Erase(path);
                erased++;
                continue;
            }

            string[] within = Directory.GetFiles(path, "*", SearchOption.AllDirectories);
            Array.ForEach(within, Erase);
            Directory.Delete(path, recursive: true);
            erased += within.Length;
        }

        return erased;
    }

    /// <summary>What a memory card keeps in cells that it no longer shows is out of reach, as with what is erased in a database (docs/decisions/0041).</summary>
    private static void Erase(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            byte[] zeros = new byte[64 * 1024];
            for (long left = file.Length; left > 0; left -= zeros.Length)
            {
                file.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
            }

            file.Flush(flushToDisk: true);
        }

        if (path.EndsWith(LogIndex.Suffix, StringComparison.Ordinal))
        {
            LogIndex.Remove(path);
        }
        else
        {
            File.Delete(path);
        }
    }

    private static long LengthOf(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;
}
