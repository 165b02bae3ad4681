using HomeHub.Core.Buffering;
using SQLitePCL;

namespace HomeHub.Sqlite;

/// <summary>One connection to a database file: used by one thread at a time.</summary>
internal sealed class Connection : IDisposable
{
    /// <summary>Name of the savepoint that a batch begins with in a transaction that is open already.</summary>
    public const string BatchSavepoint = "batch";

    private readonly sqlite3 _handle;
    private readonly List<Statement> _statements = [];
    private bool _isDisposed;
    private int? _pageBytes;

    static Connection() => Batteries_V2.Init();

    private Connection(sqlite3 handle, string path)
    {
        _handle = handle;
        Path = path;
    }

    /// <summary>The database file.</summary>
    public string Path { get; }

    /// <summary>Bytes in a page of the database.</summary>
    public int PageBytes => _pageBytes ??= (int)Scalar("PRAGMA page_size");

    /// <summary>True within a transaction.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>Rows changed by the last statement.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>Rows changed since the connection was opened.</summary>
    public long TotalChanges => raw.sqlite3_total_changes(_handle);

    /// <summary>Opens for writing, making the file when it is absent.</summary>
    public static Connection OpenWriter(string path) =>
        Open(path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX);

    /// <summary>Opens for writing a file that must be there; where it can't be written, for reading.</summary>
    public static Connection OpenExisting(string path) => Open(path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX);

    /// <summary>Whether the file can only be read: by its rights, or as its disk is mounted.</summary>
    public bool IsReadOnly => raw.sqlite3_db_readonly(_handle, "main") != 0;

    /// <summary>Opens for reading only; the file must be there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="immutable">True for a file that nobody writes and whose folder can't be written; its write-ahead log is not read.</param>
    public static Connection OpenReader(string path, bool immutable = false)
    {
        string uri = "file:" + Uri.EscapeDataString(System.IO.Path.GetFullPath(path)).Replace("%2F", "/", StringComparison.Ordinal)
            + (immutable ? "?immutable=1" : string.Empty);
        return Open(path, raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_NOMUTEX | raw.SQLITE_OPEN_URI, uri);
    }

    private static Connection Open(string path, int flags, string? uri = null)
    {
        int code = raw.sqlite3_open_v2(uri ?? path, out sqlite3 handle, flags, null);
        if (code != raw.SQLITE_OK)
        {
            string text = raw.sqlite3_errmsg(handle).utf8_to_string();
            raw.sqlite3_close_v2(handle);
            throw SqliteError.ToException(code, path, text);
        }

        _ = raw.sqlite3_extended_result_codes(handle, 1);
        return new Connection(handle, path);
    }

    /// <summary>Runs SQL without parameters and results.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    /// <summary>Compiles a statement, which lives as long as the connection unless it is disposed before.</summary>
    public Statement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out sqlite3_stmt statement));
        var prepared = new Statement(this, statement);
        _statements.Add(prepared);
        return prepared;
    }

    /// <summary>Runs SQL that gives one number.</summary>
    public long Scalar(string sql)
    {
        using Statement statement = Prepare(sql);
        return statement.Step() ? statement.Int64(0) : 0;
    }

    /// <summary>Ends the transaction, if there is one, without its changes.</summary>
    public void Rollback()
    {
        ResetAll();
        if (InTransaction)
        {
            Execute("ROLLBACK");
        }
    }

    /// <summary>Takes back what was done since <see cref="BatchSavepoint"/>; false where SQLite has ended the whole transaction by itself.</summary>
    public bool TryRollbackBatch()
    {
        ResetAll();
        if (!InTransaction)
        {
            return false;
        }

        Execute($"ROLLBACK TO {BatchSavepoint}; RELEASE {BatchSavepoint}");
        return true;
    }

    private void ResetAll()
    {
        foreach (Statement statement in _statements)
        {
            statement.Reset();
        }
    }

    /// <summary>Pages written since the last call: in WAL mode, frames added to the log.</summary>
    public int TakePagesWritten()
    {
        const int cacheWrite = 9; // SQLITE_DBSTATUS_CACHE_WRITE
        _ = raw.sqlite3_db_status(_handle, cacheWrite, out int pages, out _, 1);
        return pages;
    }

    /// <summary>Moves the log into the database. Never waits for readers; gives the frames that are left.</summary>
    public int Checkpoint(bool truncate)
    {
        int mode = truncate ? raw.SQLITE_CHECKPOINT_TRUNCATE : raw.SQLITE_CHECKPOINT_PASSIVE;
        int code = raw.sqlite3_wal_checkpoint_v2(_handle, null, mode, out int frames, out int moved);
        if ((code & 0xFF) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            return Math.Max(1, frames - moved);
        }

        Check(code);
        return frames - moved;
    }

    /// <summary>Runs SQL and stops it when <paramref name="isTooLate"/>; false when it was stopped.</summary>
    public bool TryRun(Func<bool> isTooLate, Action run)
    {
        const int instructionsBetweenCalls = 10_000;
        raw.sqlite3_progress_handler(_handle, instructionsBetweenCalls, _ => isTooLate() ? 1 : 0, null);
        try
        {
            run();
            return true;
        }
        catch (BufferException) when ((raw.sqlite3_errcode(_handle) & 0xFF) == raw.SQLITE_INTERRUPT)
        {
            return false;
        }
        finally
        {
            raw.sqlite3_progress_handler(_handle, 0, null, null);
        }
    }

    /// <summary>Throws for anything but success.</summary>
    public void Check(int code)
    {
        if ((code & 0xFF) is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw SqliteError.ToException(code, Path, raw.sqlite3_errmsg(_handle).utf8_to_string());
        }
    }

    /// <summary>Takes a statement off the list of those that the connection closes.</summary>
    public void Forget(Statement statement) => _statements.Remove(statement);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        foreach (Statement statement in _statements.ToArray())
        {
            statement.Dispose();
        }

        raw.sqlite3_close_v2(_handle);
        _handle.Dispose();
    }
}
