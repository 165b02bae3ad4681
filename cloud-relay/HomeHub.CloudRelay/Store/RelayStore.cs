using Microsoft.Data.Sqlite;

namespace HomeHub.CloudRelay.Store;

/// <summary>
/// The relay's own store: one SQLite file in the data folder, WAL, every commit synced before it returns. One writer (see
/// <see cref="BundleWriter"/>), any number of readers, which never wait for it.
/// </summary>
internal sealed class RelayStore : IDisposable
{
    private const string FileName = "relay.db";
    private const string LockName = "relay.lock";
    private const int BusyTimeoutSeconds = 10;

    private readonly FileStream _lock;
    private readonly string _readerString;

    private RelayStore(FileStream folderLock, SqliteConnection writer, string path)
    {
        _lock = folderLock;
        Connection = writer;
        _readerString = ConnectionString(path, SqliteOpenMode.ReadOnly, pooling: true);
    }

    /// <summary>The connection that writes; whoever uses it holds <see cref="WriteLock"/>.</summary>
    public SqliteConnection Connection { get; }

    /// <summary>Held while <see cref="Connection"/> is used.</summary>
    public SemaphoreSlim WriteLock { get; } = new(1, 1);

    /// <summary>Opens the store, making folder and file if they are not there, and brings it to the present version.</summary>
    /// <exception cref="IOException">The folder can't be made, or another relay has it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    /// <exception cref="SqliteException">The file is damaged or can't be written.</exception>
    /// <exception cref="StoreVersionException">The store is of a later version.</exception>
    /// <param name="folder">The data folder.</param>
    /// <param name="recipient">Whose store it is; it stays that one's.</param>
    public static RelayStore Open(string folder, string recipient)
    {
        SQLitePCL.Batteries_V2.Init();
        CreateFolder(folder);
        var folderLock = new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        SqliteConnection? connection = null;
        try
        {
            var path = Path.Combine(folder, FileName);
            connection = new SqliteConnection(ConnectionString(path, SqliteOpenMode.ReadWriteCreate, pooling: false));
            connection.Open();
            connection.Execute("PRAGMA page_size = 4096");
            if (connection.Scalar("PRAGMA journal_mode = WAL") is not "wal")
            {
                throw new IOException("The file system of the data folder can't keep a write-ahead log. Use a local one.");
            }

            // A checkpoint writes each page once, however often it changed: at 16,384 pages (64 MiB) a burst costs a few of them.
            connection.Execute(
                "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 16384; PRAGMA journal_size_limit = 67108864; "
                + "PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = OFF");
            StoreSchema.Migrate(connection);
            Claim(connection, recipient);
            return new RelayStore(folderLock, connection, path);
        }
        catch
        {
            connection?.Dispose();
            folderLock.Dispose();
            throw;
        }
    }

    /// <summary>Opens the store of a folder only to look at it, while a relay may be running on it.</summary>
    /// <exception cref="FileNotFoundException">There is no store.</exception>
    /// <exception cref="SqliteException">It can't be read.</exception>
    public static SqliteConnection OpenReadOnly(string folder)
    {
        SQLitePCL.Batteries_V2.Init();
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException("There is no relay store in this folder.", path);
        }

        var connection = new SqliteConnection(ConnectionString(path, SqliteOpenMode.ReadOnly, pooling: false));
        connection.Open();
        return connection;
    }

    /// <summary>Opens a connection that sees what is committed.</summary>
    public SqliteConnection OpenReader()
    {
        var reader = new SqliteConnection(_readerString);
        reader.Open();
        return reader;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        using (var pool = new SqliteConnection(_readerString))
        {
            SqliteConnection.ClearPool(pool);
        }

        Connection.Dispose();
        WriteLock.Dispose();
        _lock.Dispose();
    }

    /// <summary>What one recipient may have another may not: a store is never opened as another one's.</summary>
    private static void Claim(SqliteConnection connection, string recipient)
    {
        using var claim = connection.Command("INSERT OR IGNORE INTO owner(id, recipient) VALUES(1, $0)", recipient);
        claim.ExecuteNonQuery();
        var owner = (string)connection.Scalar("SELECT recipient FROM owner")!;
        if (owner != recipient)
        {
            throw new IOException($"The data folder is that of the relay of {owner}, not of {recipient}. Each recipient has a folder of its own.");
        }
    }

    /// <summary>What lies in the folder is health data: a folder that is made here is for its owner only.</summary>
    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static string ConnectionString(string path, SqliteOpenMode mode, bool pooling) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = mode,
        Pooling = pooling,
        DefaultTimeout = BusyTimeoutSeconds,
    }.ToString();
}
