using HomeHub.Core.Buffering;

namespace HomeHub.Sqlite;

/// <summary>
/// Room that was freed in a database goes back to the disk, a few pages at a time. Some stays: what is freed today is filled tomorrow, and each page that is moved wears a
/// memory card.
/// </summary>
internal static class Compaction
{
    /// <summary>Pages given back in a step. On a slow card a step takes some 50 ms, which is how long an append may have to wait for it.</summary>
    public const int StepPages = 64;

    /// <summary>Free pages that stay in a database (1 MiB), unless a tenth of it is more.</summary>
    public const int KeptPages = 256;

    /// <summary>Largest file of an older program that is written anew at its opening, in bytes: it takes less than a second.</summary>
    public const long SmallBytes = 16L * 1024 * 1024;

    private const int Incremental = 2;

    /// <summary>
    /// Has a new database give room back, before its first table is made. One of an older program is written anew, once, where it is small, has room beside it and nobody
    /// uses it; otherwise it stays as it is, and the self-check tells of it where it is large.
    /// </summary>
    public static void Prepare(Connection connection)
    {
        if (connection.Scalar("PRAGMA page_count") == 0)
        {
            connection.Execute("PRAGMA auto_vacuum = INCREMENTAL");
        }
        else if (connection.Scalar("PRAGMA auto_vacuum") != Incremental && HasRoom(connection.Path))
        {
            try
            {
                connection.Execute("PRAGMA auto_vacuum = INCREMENTAL; VACUUM");
            }
            catch (BufferException error) when (error.Fault is BufferFault.Locked or BufferFault.DiskFull or BufferFault.ReadOnly)
            {
                // It is tried again at the next opening; the file is as it was.
                connection.Rollback();
            }
        }
    }

    /// <summary>Gives some room back; within no transaction, or in one that is the caller's.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="pages">Most pages.</param>
    /// <returns>Whether there is more.</returns>
    public static bool GiveBack(Connection connection, int pages)
    {
        long spare = Spare(connection);
        if (spare <= 0)
        {
            return false;
        }

        connection.Execute(System.FormattableString.Invariant($"PRAGMA incremental_vacuum({Math.Min(spare, pages)})"));
        return spare > pages;
    }

    /// <summary>Free pages beyond those that stay.</summary>
    private static long Spare(Connection connection)
    {
        long free = connection.Scalar("PRAGMA freelist_count");
        return free <= KeptPages || connection.Scalar("PRAGMA auto_vacuum") != Incremental ? 0 : free - Math.Max(KeptPages, (connection.Scalar("PRAGMA page_count") - free) / 10);
    }

    private static bool HasRoom(string path)
    {
        long length = new FileInfo(path).Length;
        return length <= SmallBytes && new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace > 2 * length + SmallBytes;
    }
}
