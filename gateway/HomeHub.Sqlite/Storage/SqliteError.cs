using HomeHub.Core.Buffering;
using SQLitePCL;

namespace HomeHub.Sqlite;

/// <summary>From SQLite's result codes to the faults of the port.</summary>
internal static class SqliteError
{
    /// <summary>Below this much free space an I/O error counts as a full disk: some writes fail otherwise than with SQLITE_FULL.</summary>
    private const long FullBelowBytes = 256 * 1024;

    /// <summary>EROFS, as Linux numbers it.</summary>
    private const int ReadOnlyFileSystem = 30;

    /// <summary>The exception for a result code. SQLite's own texts name tables and columns, never values.</summary>
    public static BufferException ToException(int code, string path, string text)
    {
        BufferFault fault = ToFault(code, path);
        string message = fault switch
        {
            BufferFault.DiskFull => $"No space left for the buffer {path}. Nothing that was acknowledged is lost; free some space.",
            BufferFault.ReadOnly => $"The buffer {path} can't be written: check its owner, its rights and how its disk is mounted.",
            BufferFault.Locked => $"The buffer {path} is held by another process.",
            BufferFault.Damaged => $"The buffer {path} is damaged. It is set aside and carried over at the next start.",
            _ => $"The buffer {path} failed.",
        };
        return new BufferException(fault, $"{message} (SQLite {code}: {text})");
    }

    private static BufferFault ToFault(int code, string path) => (code & 0xFF) switch
    {
        raw.SQLITE_FULL => BufferFault.DiskFull,
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH or raw.SQLITE_CANTOPEN => BufferFault.ReadOnly,
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => BufferFault.Locked,
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => BufferFault.Damaged,
        raw.SQLITE_IOERR when HasNoSpace(path) => BufferFault.DiskFull,
        raw.SQLITE_IOERR when IsReadOnly(path) => BufferFault.ReadOnly,
        _ => BufferFault.Failed,
    };

    /// <summary>
    /// A disk that the kernel makes read-only after errors answers to a file that is open with an I/O error. How it is mounted does not tell, nor do rights: only that no file can be made.
    /// </summary>
    private static bool IsReadOnly(string path)
    {
        try
        {
            new FileStream($"{path}.try", FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.DeleteOnClose).Dispose();
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
        catch (IOException error)
        {
            return error.HResult == ReadOnlyFileSystem;
        }
    }

    private static bool HasNoSpace(string path)
    {
        try
        {
            return new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(path))!).AvailableFreeSpace < FullBelowBytes;
        }
        catch (IOException)
        {
            // The disk is gone: the I/O error stands as it is.
            return false;
        }
    }
}
