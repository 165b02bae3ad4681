using HomeHub.Core.Buffering;

namespace HomeHub.Sqlite;

/// <summary>
/// A small file beside the buffer, which only one process may hold: this one is for the hub and for the commands beside it at the same time. Each change is
/// synced when it returns.
/// </summary>
internal sealed class SharedFile : IDisposable
{
    /// <summary>Pages in the write-ahead log from which on it is moved into the file.</summary>
    public const int CheckpointPages = 250;

    /// <summary>Bytes that the log keeps on the disk when it has been moved.</summary>
    public const int LogBytes = 1024 * 1024;

    private readonly Lock _lock = new();
    private bool _isDisposed;

    private SharedFile(Connection connection) => Connection = connection;

    /// <summary>The connection, for use within <see cref="Run"/> and <see cref="RunAsync"/>.</summary>
    public Connection Connection { get; }

    /// <summary>Opens a file of a data folder, making folder and file where they are missing, and brings its tables up to date, whoever comes first.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="steps">One step for each version: element 0 makes version 1 out of nothing, element n makes version n + 1 out of n.</param>
    /// <exception cref="BufferException">It can't be opened: no right to, damaged, or of a newer program.</exception>
    public static SharedFile Open(string folder, string name, string[] steps)
    {
        var files = new BufferFiles(folder);
        files.CreateFolder();
        Connection connection = Connection.OpenWriter(Path.Combine(files.Folder, name));
        try
        {
            Ensure(connection, steps);
            return new SharedFile(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Does something with the connection, away from the caller: another process that writes at the same moment may have to be waited for.</summary>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellation) => Task.Run(() => Run(work), cancellation);

    /// <summary>The same, while the caller waits.</summary>
    public T Run<T>(Func<T> work)
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                throw new BufferException(BufferFault.Failed, $"{Connection.Path} is closed.");
            }

            try
            {
                return work();
            }
            catch
            {
                Connection.Rollback();
                throw;
            }
        }
    }

    /// <summary>Gives room that was freed back to the disk, in steps in between which others may use the file.</summary>
    public async Task GiveBackAsync(CancellationToken cancellation)
    {
        while (await RunAsync(() => Compaction.GiveBack(Connection, Compaction.StepPages), cancellation).ConfigureAwait(false))
        {
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            Connection.Dispose();
        }
    }

    private static void Ensure(Connection connection, string[] steps)
    {
        connection.Execute("PRAGMA busy_timeout = 5000");
        Compaction.Prepare(connection);
        connection.Execute(
            $"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = {CheckpointPages}; PRAGMA journal_size_limit = {LogBytes}");
        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            long version = connection.Scalar("PRAGMA user_version");
            if (version > steps.Length)
            {
                throw new BufferException(
                    BufferFault.NewerSchema, $"{connection.Path} was written by a newer HomeHub (version {version}, this one knows {steps.Length}).");
            }

            for (; version < steps.Length; version++)
            {
                connection.Execute($"{steps[version]} PRAGMA user_version = {version + 1};");
            }

            connection.Execute("COMMIT");
        }
        catch
        {
            connection.Rollback();
            throw;
        }
    }
}
