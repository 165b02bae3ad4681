using HomeHub.Core.Buffering;

namespace HomeHub.Sqlite;

/// <summary>
/// The tables, and the way from one version of them to the next. The version stands in <c>PRAGMA user_version</c>; a database of a newer one
/// is not touched.
/// </summary>
internal static class Schema
{
    /// <summary>Version that this program writes.</summary>
    public const int Version = 10;

    /// <summary>
    /// Bytes in a page of a new database. Small, for a reading alone touches eight pages, each of which goes to the disk whole (docs/decisions/0049).
    /// </summary>
    public const int PageBytes = 1024;

    /// <summary>Bytes in a page of a database that was made by an older program: it keeps them.</summary>
    public const int PageBytesOfBefore = 4096;

    /// <summary>
    /// A delivery that may still change, as in the index <c>delivery_open</c>: neither receipted, local nor discarded. SQLite uses the index only for these words.
    /// </summary>
    public const string OpenOnly = "state <> 2 AND state <> 4 AND state <> 6";

    /// <summary>A delivery that keeps its reading from being history: what is withheld does not.</summary>
    public const string HeldOnly = $"{OpenOnly} AND state <> 7";

    /// <summary>Texts that many rows share, each stored once: device and context as JSON, the others as they are.</summary>
    public static readonly string[] TextTables = ["device", "context", "patient", "source", "recipient"];

    /// <summary>
    /// Two tables that stay empty. A disk loses its blocks of 4 KiB whole: with these the first block holds nothing but the file's header, a page of SQLite's own, and them, so that
    /// the block of a new database can take its place (<see cref="DamagedFile"/>).
    /// </summary>
    private const string Spare = "CREATE TABLE IF NOT EXISTS spare_1 (x); CREATE TABLE IF NOT EXISTS spare_2 (x);";

    /// <summary>
    /// Times are UTC ticks of 100 ns with the offset from UTC in minutes beside them. No foreign key is enforced (the writer is one, and
    /// enforcing costs a look-up a row); they are declared so that <c>PRAGMA foreign_key_check</c> can tell. <c>seen</c> and
    /// <c>identifier</c> outlive readings; the newest identities stand in <c>reading</c> only, see <see cref="WriteSession.MergeRecent"/>.
    /// </summary>
    private const string Version1 =
        """
        CREATE TABLE hub (id INTEGER PRIMARY KEY CHECK (id = 1), uuid BLOB NOT NULL, system_id TEXT NOT NULL);
        CREATE TABLE device (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
        CREATE TABLE context (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
        CREATE TABLE patient (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
        CREATE TABLE source (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
        CREATE TABLE recipient (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
        CREATE TABLE reading (
          id INTEGER PRIMARY KEY, identity BLOB NOT NULL,
          device INTEGER NOT NULL REFERENCES device, patient INTEGER NOT NULL REFERENCES patient,
          service INTEGER NOT NULL, characteristic INTEGER NOT NULL, octets BLOB NOT NULL, context INTEGER NOT NULL REFERENCES context,
          received INTEGER NOT NULL, received_offset INTEGER NOT NULL, effective INTEGER NOT NULL, effective_offset INTEGER NOT NULL,
          stamp INTEGER, stamp_use INTEGER NOT NULL,
          clock_read INTEGER, clock_offset INTEGER, clock_device INTEGER,
          measurement BLOB, measurement_code INTEGER NOT NULL, identifier_taken INTEGER NOT NULL);
        CREATE INDEX reading_patient ON reading (patient);
        CREATE TABLE delivery (
          reading INTEGER NOT NULL REFERENCES reading, recipient INTEGER NOT NULL REFERENCES recipient, state INTEGER NOT NULL,
          patient INTEGER NOT NULL REFERENCES patient, sent_at INTEGER, settled_at INTEGER, reason TEXT,
          PRIMARY KEY (reading, recipient)) WITHOUT ROWID;
        CREATE INDEX delivery_open ON delivery (recipient, state, patient, reading) WHERE state <> 2 AND state <> 4;
        CREATE TABLE seen (identity BLOB PRIMARY KEY, reading INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE identifier (
          source INTEGER NOT NULL REFERENCES source, patient INTEGER NOT NULL REFERENCES patient, stamp INTEGER NOT NULL,
          reading INTEGER NOT NULL, codes BLOB NOT NULL, PRIMARY KEY (source, patient, stamp, reading)) WITHOUT ROWID;
        CREATE TABLE quarantine (
          id INTEGER PRIMARY KEY, identity BLOB NOT NULL UNIQUE,
          device INTEGER NOT NULL REFERENCES device, patient INTEGER NOT NULL REFERENCES patient,
          service INTEGER NOT NULL, characteristic INTEGER NOT NULL, octets BLOB NOT NULL,
          received INTEGER NOT NULL, received_offset INTEGER NOT NULL,
          code TEXT NOT NULL, field TEXT NOT NULL, position INTEGER NOT NULL);
        CREATE TABLE known_device (
          recipient INTEGER NOT NULL REFERENCES recipient, device BLOB NOT NULL, hash TEXT NOT NULL,
          PRIMARY KEY (recipient, device)) WITHOUT ROWID;
        CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        """;

    /// <summary>
    /// The tables stay; <c>service</c> and <c>characteristic</c> may now hold a blob, see <see cref="UuidColumn"/>. A program of version 1 would
    /// read it as the characteristic 0, so it must not open the file any more.
    /// </summary>
    private const string Version2 = "";

    /// <summary>
    /// What persons do with readings. <c>takeback</c> of a delivery: 1 the taking back is to be sent, 2 it is under way; a receipt for what was sent before does
    /// not end 1. Acts are only ever added.
    /// </summary>
    private const string Version3 =
        $"""
        ALTER TABLE reading ADD COLUMN taken_back INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE delivery ADD COLUMN takeback INTEGER NOT NULL DEFAULT 0;
        DROP INDEX delivery_open;
        CREATE INDEX delivery_open ON delivery (recipient, state, patient, reading) WHERE {OpenOnly};
        CREATE TABLE act (
          id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE, kind INTEGER NOT NULL, reading INTEGER NOT NULL, at INTEGER NOT NULL,
          at_offset INTEGER NOT NULL, who TEXT NOT NULL, reason TEXT, before TEXT NOT NULL, patient TEXT, new_reading INTEGER);
        CREATE TRIGGER act_stays BEFORE DELETE ON act BEGIN SELECT raise(ABORT, 'acts are only ever added'); END;
        CREATE TRIGGER act_same BEFORE UPDATE ON act BEGIN SELECT raise(ABORT, 'acts are only ever added'); END;
        """;

    /// <summary>
    /// <c>seen</c> holds keyed hashes of identities, with the device, and no identity: see <see cref="SeenMarks"/>, which converts the rows of before.
    /// </summary>
    private const string Version4 =
        """
        CREATE TABLE seen_key (id INTEGER PRIMARY KEY CHECK (id = 1), key BLOB NOT NULL);
        ALTER TABLE seen RENAME TO seen_of_before;
        CREATE TABLE seen (mark BLOB PRIMARY KEY, reading INTEGER NOT NULL, device INTEGER REFERENCES device) WITHOUT ROWID;
        """;

    /// <summary>
    /// A payload in quarantine that may be dropped for newer ones, as in the index <c>quarantine_droppable</c>: one whose time can't be known is not, for no device
    /// has it any more. SQLite uses the index only for these words.
    /// </summary>
    public const string DroppableOnly = "boot IS NULL AND code <> 'time-unknown'";

    /// <summary>
    /// What a payload in quarantine needs to be decoded and placed later: what the connection had told, and for one whose time is not known the start of the
    /// system and the ticks since it, at reception and when the device's clock was read.
    /// </summary>
    private const string Version5 =
        $"""
        ALTER TABLE quarantine ADD COLUMN context INTEGER REFERENCES context;
        ALTER TABLE quarantine ADD COLUMN boot TEXT;
        ALTER TABLE quarantine ADD COLUMN uptime INTEGER;
        ALTER TABLE quarantine ADD COLUMN clock_device INTEGER;
        ALTER TABLE quarantine ADD COLUMN clock_uptime INTEGER;
        CREATE INDEX quarantine_droppable ON quarantine (id) WHERE {DroppableOnly};
        UPDATE counter SET value = (SELECT count(*) FROM quarantine WHERE {DroppableOnly}) WHERE name = 'quarantine-held';
        """;

    /// <summary>The tables stay; a delivery may now be withheld, which a program of version 5 does not know.</summary>
    private const string Version6 = "";

    /// <summary>Devices that were forgotten while readings of theirs were still here: what is known of those goes when they go.</summary>
    private const string Version7 = "CREATE TABLE forgotten (address TEXT PRIMARY KEY) WITHOUT ROWID;";

    /// <summary>What a patient measured in a span of time is found without walking all history: a stream has a reading a minute.</summary>
    private const string Version8 = "CREATE INDEX reading_time ON reading (patient, characteristic, effective);";

    /// <summary>What of a device is nobody's is looked at each second while somebody tries it; there may be thousands of other devices.</summary>
    private const string Version9 = "CREATE INDEX reading_device ON reading (patient, device);";

    /// <summary>Namespace of the UUIDs of a hub that took another one's history; null: the hub's own.</summary>
    private const string Version10 = "ALTER TABLE hub ADD COLUMN space BLOB;";

    /// <summary>One step for each version: element 0 makes version 1 out of nothing, element n makes version n + 1 out of n.</summary>
    private static readonly string[] Steps = [Version1, Version2, Version3, Version4, Version5, Version6, Version7, Version8, Version9, Version10];

    /// <summary>Brings a database to <see cref="Version"/>, each step in a transaction of its own.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="pageBytes">Bytes in a page of a new one: <see cref="PageBytes"/>, or <see cref="PageBytesOfBefore"/>.</param>
    /// <exception cref="BufferException">It is of a newer version.</exception>
    public static void Migrate(Connection connection, int pageBytes = PageBytes)
    {
        long version = ReadVersion(connection);
        if (version == 0)
        {
            // Must come before the first table. Freed pages can so be given back to the disk.
            connection.Execute($"PRAGMA page_size = {pageBytes}; PRAGMA auto_vacuum = INCREMENTAL;");
            connection.Execute(pageBytes == PageBytes ? Spare : "");
        }

        connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF;");
        for (; version < Version; version++)
        {
            connection.Execute($"BEGIN IMMEDIATE; {Steps[version]}");
            if (Steps[version] == Version4)
            {
                SeenMarks.Convert(connection);
            }

            connection.Execute($"PRAGMA user_version = {version + 1}; COMMIT;");
        }
    }

    /// <summary>The database's version; 0 for an empty one.</summary>
    /// <exception cref="BufferException">It is newer than <see cref="Version"/>.</exception>
    public static long ReadVersion(Connection connection)
    {
        long version = connection.Scalar("PRAGMA user_version");
        return version <= Version
            ? version
            : throw new BufferException(
                BufferFault.NewerSchema,
                $"The buffer {connection.Path} has schema {version}; this program knows up to {Version}. Start the newer program.");
    }
}
