using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;

namespace HomeHub.Sqlite;

/// <summary>The files in the buffer's folder.</summary>
internal sealed class BufferFiles(string folder)
{
    /// <summary>Name of the database within the folder.</summary>
    public const string DatabaseName = "buffer.db";

    /// <summary>The folder.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>The database.</summary>
    public string Database => Path.Combine(Folder, DatabaseName);

    /// <summary>Held by the process that has the buffer open.</summary>
    public string Lock => Path.Combine(Folder, "buffer.lock");

    /// <summary>The new database while it is filled from a damaged one.</summary>
    public string Draft => Database + ".new";

    /// <summary>There from when damage was met until it is dealt with; holds the name under which the database is set aside.</summary>
    public string DamageMark => Path.Combine(Folder, "buffer.damaged");

    /// <summary>A second copy of the hub's identity, in plain text, so that it outlives the database.</summary>
    public string Identity => Path.Combine(Folder, "hub-identity");

    /// <summary>Bytes of database and write-ahead log on disk.</summary>
    public long SizeBytes => LengthOf(Database) + LengthOf(Database + "-wal");

    /// <summary>
    /// True when there is nothing in the database, or no database, beside the identity of a hub that had one: the identity is written when the
    /// database has been.
    /// </summary>
    public bool IsDatabaseLost => File.Exists(Identity) && LengthOf(Database) == 0;

    /// <summary>Makes the folder, for its owner only.</summary>
    /// <exception cref="BufferException">It can't be made.</exception>
    public void CreateFolder()
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(Folder);
            }
            else
            {
                Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ToException(error, Folder);
        }
    }

    /// <summary>Takes the lock, which ends with the stream or with the process, however it ends.</summary>
    /// <exception cref="BufferException">Another process has it, or the folder can't be written.</exception>
    public FileStream TakeLock()
    {
        try
        {
            return new FileStream(Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or PathTooLongException) && IsSharingViolation(error))
        {
            throw new BufferException(BufferFault.Locked, $"The buffer in {Folder} is held by another process.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ToException(error, Lock);
        }
    }

    /// <summary>
    /// Leaves word that the database is damaged, and under which name it is to be set aside. What follows can so be ended by the next
    /// start, should this process die in the middle of it.
    /// </summary>
    public void MarkDamage(DateTimeOffset now)
    {
        if (File.Exists(DamageMark))
        {
            return;
        }

        string stamp = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        string name = $"{DatabaseName}.damaged-{stamp}";
        for (int n = 2; File.Exists(Path.Combine(Folder, name)); n++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{DatabaseName}.damaged-{stamp}-{n}");
        }

        WriteWhole(DamageMark, name + "\n");
    }

    /// <summary>Where the damaged database is to be set aside; null when none was found damaged.</summary>
    public string? ReadDamageMark()
    {
        if (!File.Exists(DamageMark))
        {
            return null;
        }

        string name = File.ReadAllText(DamageMark).Trim();
        return Path.Combine(Folder, Path.GetFileName(name));
    }

    /// <summary>Makes an empty database file where there is none, so that a lost database is set aside like a damaged one.</summary>
    public void EnsureDatabaseFile()
    {
        try
        {
            using FileStream file = File.Open(Database, FileMode.OpenOrCreate, FileAccess.Write);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ToException(error, Database);
        }
    }

    /// <summary>Moves the database and its log to another name, whole; what was moved before stays. The index of the log goes: whoever opens what was set aside makes it anew.</summary>
    public void SetAside(string path)
    {
        try
        {
            foreach (string suffix in new[] { string.Empty, "-wal" })
            {
                if (File.Exists(Database + suffix) && !File.Exists(path + suffix))
                {
                    File.Move(Database + suffix, path + suffix);
                }
            }

            LogIndex.Remove(Database + LogIndex.Suffix);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ToException(error, Database);
        }
    }

    /// <summary>Puts the new database in its place and takes the mark away.</summary>
    public void EndRecovery()
    {
        try
        {
            if (File.Exists(Draft))
            {
                File.Move(Draft, Database);
            }

            File.Delete(DamageMark);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ToException(error, Database);
        }
    }

    /// <summary>Removes a database with its log, when it is there.</summary>
    public static void Delete(string path)
    {
        File.Delete(path + "-wal");
        LogIndex.Remove(path + LogIndex.Suffix);
        File.Delete(path);
    }

    /// <summary>The copy of the hub's identity; null when there is none.</summary>
    public HubIdentity? ReadIdentity()
    {
        if (!File.Exists(Identity))
        {
            return null;
        }

        string[] lines = File.ReadAllLines(Identity);
        return lines.Length >= 2 && Guid.TryParseExact(lines[0], "D", out Guid id) && lines[1].Length == 16
            ? new HubIdentity(id, lines[1]) { Space = lines.Length > 2 && Guid.TryParseExact(lines[2], "D", out Guid space) ? space : id }
            : null;
    }

    /// <summary>Writes the copy of the hub's identity.</summary>
    public void WriteIdentity(HubIdentity hub) => WriteWhole(Identity, $"{hub.Id:D}\n{hub.SystemId}\n{hub.Space:D}\n");

    /// <summary>Writes a small file, synced, whole or not at all.</summary>
    public static void WriteWhole(string path, string text)
    {
        string draft = path + ".new";
        try
        {
            using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write))
            {
                stream.Write(Encoding.ASCII.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ToException(error, path);
        }
    }

    /// <summary>The fault behind an exception of the file system.</summary>
    public static BufferException ToException(Exception error, string path)
    {
        const int noSpace = 28; // ENOSPC
        const int readOnlyFileSystem = 30; // EROFS
        return (error, error.HResult & 0xFFFF) switch
        {
            (UnauthorizedAccessException, _) or (_, readOnlyFileSystem) => new BufferException(
                BufferFault.ReadOnly, $"{path} can't be written: check its owner, its rights and how its disk is mounted.", error),
            (DirectoryNotFoundException or FileNotFoundException, _) => new BufferException(BufferFault.Failed, $"{path} can't be made there.", error),
            (_, noSpace) => new BufferException(BufferFault.DiskFull, $"No space left on the disk of {path}.", error),
            (_, var code) => new BufferException(BufferFault.Failed, $"{path} can't be used: {Marshal.GetPInvokeErrorMessage(code)}.", error),
        };
    }

    private static bool IsSharingViolation(IOException error)
    {
        const int wouldBlock = 11; // EWOULDBLOCK, of flock
        const int sharingViolation = 32;
        return (error.HResult & 0xFFFF) is wouldBlock or sharingViolation;
    }

    private static long LengthOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : 0;
    }
}
