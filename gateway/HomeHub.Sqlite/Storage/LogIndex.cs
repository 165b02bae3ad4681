using HomeHub.Core.Buffering;

namespace HomeHub.Sqlite;

/// <summary>
/// SQLite's index of a write-ahead log, a file beside the database that is worth nothing once nobody has the database open. An installation mounts a file in memory in its place
/// (docs/decisions/0051), and what is mounted can't be moved or removed: it is emptied.
/// </summary>
internal static class LogIndex
{
    /// <summary>What its name has after that of the database.</summary>
    public const string Suffix = "-shm";

    /// <summary>The octet that SQLite locks in the file as long as it has it open ("dead man's switch" in its source).</summary>
    private const int InUseOctet = 128;

    /// <summary>Removes it, or empties it where it is mounted.</summary>
    /// <exception cref="BufferException">It is mounted, and another process has the database open.</exception>
    public static void Remove(string path)
    {
        const int busy = 16; // EBUSY
        try
        {
            File.Delete(path);
        }
        catch (IOException error) when ((error.HResult & 0xFFFF) == busy)
        {
            Empty(path);
        }
    }

    /// <summary>
    /// Empties it. Not while another process has it mapped into its memory: that one would be ended by its next look, and could take the next database's index for that of its own.
    /// </summary>
    /// <exception cref="BufferException">Another process has the database open.</exception>
    public static void Empty(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        if (!TryLock(file))
        {
            // A command beside the hub has done in a moment; the next start goes on.
            throw new BufferException(BufferFault.Locked, $"{path} can't be emptied: another process has the buffer open.");
        }

        file.SetLength(0);
    }

    /// <summary>The lock ends with the handle.</summary>
    private static bool TryLock(FileStream file)
    {
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        try
        {
            file.Lock(InUseOctet, 1);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
