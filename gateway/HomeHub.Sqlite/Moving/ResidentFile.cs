using HomeHub.Core.Buffering;

namespace HomeHub.Sqlite;

/// <summary>A database file at rest, to be copied: its log is in it, and as long as this lives nobody can write.</summary>
internal sealed class ResidentFile : IDisposable
{
    private const int MaxTries = 20;

    private readonly Connection _connection;

    private ResidentFile(string name, FileStream content, Connection connection) => (Name, Content, _connection) = (name, content, connection);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its bytes.</summary>
    public FileStream Content { get; }

    /// <summary>Brings a file to rest.</summary>
    /// <exception cref="BufferException">Another process keeps writing, or reads.</exception>
    public static ResidentFile Open(string path)
    {
        // Opened before the connection and closed after it: closing any handle of a file ends the locks that SQLite holds on it in this process.
        var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Connection? connection = null;
        try
        {
            connection = Connection.OpenWriter(path);
            connection.Execute("PRAGMA busy_timeout = 5000");
            for (int i = 0; i < MaxTries; i++)
            {
                // Between the two another process may write: then once more.
                if (connection.Checkpoint(truncate: true) == 0)
                {
                    connection.Execute("BEGIN IMMEDIATE");
                    var log = new FileInfo(path + "-wal");
                    if (!log.Exists || log.Length == 0)
                    {
                        return new ResidentFile(Path.GetFileName(path), content, connection);
                    }

                    connection.Rollback();
                }
            }

            throw new BufferException(BufferFault.Locked, $"{path} is used by another process.");
        }
        catch
        {
            connection?.Dispose();
            content.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection.Rollback();
        _connection.Dispose();
        Content.Dispose();
    }
}
