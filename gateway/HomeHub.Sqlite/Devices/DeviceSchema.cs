using HomeHub.Core.Buffering;

namespace HomeHub.Sqlite;

/// <summary>Tables of <c>devices.db</c>. Times are Unix milliseconds.</summary>
internal static class DeviceSchema
{
    /// <summary>The version that this program writes.</summary>
    public const int Version = 2;

    private const string Version1 = """
        CREATE TABLE device (
          address TEXT PRIMARY KEY NOT NULL, address_type INTEGER NOT NULL, name TEXT, patient TEXT NOT NULL, paired_at INTEGER NOT NULL,
          bond INTEGER, last_session_at INTEGER, trouble INTEGER, trouble_since INTEGER, advice TEXT, firmware TEXT
        ) WITHOUT ROWID;
        CREATE TABLE description (
          address TEXT NOT NULL REFERENCES device ON DELETE CASCADE, number INTEGER NOT NULL, service INTEGER NOT NULL, characteristic INTEGER NOT NULL,
          octets BLOB NOT NULL, PRIMARY KEY (address, number)
        ) WITHOUT ROWID;
        CREATE TABLE record_mark (
          address TEXT NOT NULL REFERENCES device ON DELETE CASCADE, service INTEGER NOT NULL, sequence_number INTEGER NOT NULL,
          octets_hash INTEGER NOT NULL, PRIMARY KEY (address, service)
        ) WITHOUT ROWID;
        """;

    /// <summary>Version 2: the time of the record that is marked, packed like the stamps of the buffer.</summary>
    private const string Version2 = "ALTER TABLE record_mark ADD COLUMN stamp INTEGER;";

    /// <summary>Makes the tables where they are missing, whoever comes first.</summary>
    /// <exception cref="BufferException">The file is of a newer program.</exception>
    public static void Ensure(Connection connection)
    {
        connection.Execute("PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            long version = connection.Scalar("PRAGMA user_version");
            if (version > Version)
            {
                throw new BufferException(
                    BufferFault.NewerSchema, $"{connection.Path} was written by a newer HomeHub (version {version}, this one knows {Version}).");
            }

            if (version < Version)
            {
                connection.Execute($"{(version == 0 ? Version1 : "")} {Version2} PRAGMA user_version = {Version};");
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
