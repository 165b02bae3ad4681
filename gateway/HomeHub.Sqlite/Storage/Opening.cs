using System.Security.Cryptography;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using Microsoft.Extensions.Logging;

namespace HomeHub.Sqlite;

/// <summary>The start: checks the database, sets a damaged one aside, carries over, brings the schema up to date, makes the hub's identity.</summary>
internal sealed class Opening(BufferFiles files, SqliteBufferOptions options, TimeProvider time, ILogger logger)
{
    private const int UuidBytes = 16;

    /// <summary>What was done about damage; null when there was none.</summary>
    public BufferRecovery? Recovery { get; private set; }

    /// <summary>Opens the database, ready for the writer.</summary>
    public Connection Open()
    {
        if (files.ReadDamageMark() is null && files.IsDatabaseLost)
        {
            // To SQLite that would be a new database, and a log beside it worth nothing.
            logger.LogCritical("The buffer {Path} is gone or empty, though this hub has run here before.", files.Database);
            files.MarkDamage(time.GetUtcNow());
            files.EnsureDatabaseFile();
        }

        if (files.ReadDamageMark() is not null)
        {
            Recover();
        }

        try
        {
            return OpenChecked();
        }
        catch (BufferException error) when (error.Fault == BufferFault.Damaged)
        {
            logger.LogCritical(error, "The buffer is damaged.");
            files.MarkDamage(time.GetUtcNow());
            Recover();
            return OpenChecked();
        }
    }

    /// <summary>The hub's identity: from the database, else from its copy, else a new one.</summary>
    public HubIdentity ReadHub(Connection connection)
    {
        HubIdentity? kept = ReadHubRow(connection);
        HubIdentity hub = kept ?? files.ReadIdentity() ?? MakeHub();
        if (kept is null)
        {
            WriteHubRow(connection, hub);
        }

        if (files.ReadIdentity() != hub)
        {
            files.WriteIdentity(hub);
        }

        return hub;
    }

    /// <summary>The identity in the database; null when there is none.</summary>
    public static HubIdentity? ReadHubRow(Connection connection)
    {
        using Statement select = connection.Prepare("SELECT * FROM hub");
        if (!select.Step() || select.Blob(1).Length != UuidBytes)
        {
            return null;
        }

        // A buffer of an older program, which is only read, has no namespace; one that never moved holds none.
        var hub = new HubIdentity(new Guid(select.Blob(1), bigEndian: true), select.Text(2)!);
        return select.Columns > 3 && select.Blob(3).Length == UuidBytes ? hub with { Space = new Guid(select.Blob(3), bigEndian: true) } : hub;
    }

    /// <summary>Writes the identity into the database.</summary>
    public static void WriteHubRow(Connection connection, HubIdentity hub)
    {
        using Statement insert = connection.Prepare("INSERT OR REPLACE INTO hub VALUES (1, ?1, ?2, ?3)");
        insert.Bind(1, hub.Id.ToByteArray(bigEndian: true).AsSpan()).Bind(2, hub.SystemId).Bind(3, hub.Space.ToByteArray(bigEndian: true).AsSpan()).Run();
    }

    /// <summary>A random UUID and a random EUI-64 with the bit "locally administered" set and "group" clear.</summary>
    private static HubIdentity MakeHub()
    {
        byte[] systemId = RandomNumberGenerator.GetBytes(8);
        systemId[0] = (byte)((systemId[0] & 0xFC) | 0x02);
        return new HubIdentity(Guid.NewGuid(), Convert.ToHexString(systemId));
    }

    /// <summary>
    /// Notes in the new database until when a record may have been known that is not any more: the latest of now, the last reception and the last write, as a hub
    /// without a clock of its own may believe in an earlier day at its start.
    /// </summary>
    private void NoteUnknown(string setAside)
    {
        using Connection draft = Connection.OpenWriter(files.Draft);
        long known = Math.Max(time.GetUtcNow().UtcTicks, draft.Scalar("SELECT max(received) FROM reading"));
        foreach (string file in (string[])[setAside, setAside + "-wal"])
        {
            known = Math.Max(known, File.Exists(file) ? File.GetLastWriteTimeUtc(file).Ticks : 0);
        }

        using Statement note = draft.Prepare("INSERT OR REPLACE INTO counter VALUES (?1, max(?2, ifnull((SELECT value FROM counter WHERE name = ?1), 0)))");
        note.Bind(1, Counters.KnownSince).Bind(2, known).Run();
        logger.LogCritical("What was known of records that have left the hub is not all carried over: records that were measured before now are nobody's until a person assigns them.");
    }

    private Connection OpenChecked()
    {
        Connection connection = Connection.OpenWriter(files.Database);
        try
        {
            // The file is ours alone (the lock); a reader beside us holds it for milliseconds at most.
            connection.Execute("PRAGMA busy_timeout = 5000; PRAGMA cache_size = -4096; PRAGMA secure_delete = ON;");
            if (Schema.ReadVersion(connection) > 0)
            {
                Check(connection);
            }

            Schema.Migrate(connection);
            connection.Execute($"PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = {options.LogBudgetBytes};");
            EnsureWritable(connection);

            // Without it every record would be new: then the file is damaged, and it must show here, where it is set aside.
            SeenMarks.Of(connection).Dispose();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Fails now rather than at the first reading.</summary>
    private static void EnsureWritable(Connection connection)
    {
        connection.Execute("BEGIN IMMEDIATE; INSERT OR REPLACE INTO counter VALUES ('opened', 1);");
        connection.Execute("COMMIT");
    }

    private void Check(Connection connection)
    {
        long start = time.GetTimestamp();
        string? finding = null;
        bool isDone = connection.TryRun(
            () => time.GetElapsedTime(start).TotalSeconds > options.MaxCheckSeconds,
            () =>
            {
                using Statement check = connection.Prepare("PRAGMA quick_check(1)");
                finding = check.Step() ? check.Text(0) : null;
            });
        if (!isDone)
        {
            logger.LogInformation("The buffer is large: {Seconds} s did not suffice to check it all; the rest is checked when it is read.", options.MaxCheckSeconds);
        }
        else if (finding != "ok")
        {
            throw new BufferException(BufferFault.Damaged, $"The buffer {files.Database} is damaged: the check found inconsistent pages.");
        }
    }

    /// <summary>Makes an empty database with the pages of the damaged one, by which that can be mended.</summary>
    private void CreateDraft(int pageBytes)
    {
        using Connection empty = Connection.OpenWriter(files.Draft);
        Schema.Migrate(empty, pageBytes);
    }

    /// <summary>Sets the damaged database aside and fills a new one from it. Can be ended by another start, wherever it stopped.</summary>
    private void Recover()
    {
        string setAside = files.ReadDamageMark()!;
        if (!(File.Exists(setAside) && File.Exists(files.Database)))
        {
            files.SetAside(setAside);
            BufferFiles.Delete(files.Draft);
            string copy = setAside + ".mended";
            CreateDraft(DamagedFile.GuessPageBytes(setAside));
            Connection? damaged = DamagedFile.TryOpen(setAside, files.Draft, copy);
            bool knowsAll = false;
            if (damaged is not null)
            {
                using var salvage = new Salvage(damaged, Connection.OpenWriter(files.Draft));
                Recovery = salvage.Run(setAside);
                knowsAll = salvage.KnowsAll;
            }

            if (!knowsAll)
            {
                NoteUnknown(setAside);
            }

            BufferFiles.Delete(copy);
        }

        files.EndRecovery();
        Recovery ??= new BufferRecovery(setAside, 0, 0, 0, 0);
        logger.LogCritical(
            "A damaged buffer was set aside as {Path}. Carried over: {Readings} readings, {Quarantined} quarantined payloads, {Identities} identities; known to be unreadable: {Unreadable} readings.",
            Recovery.SetAsidePath,
            Recovery.Readings,
            Recovery.Quarantined,
            Recovery.Identities,
            Recovery.Unreadable);
    }
}
