using System.Globalization;
using Microsoft.Data.Sqlite;

namespace HomeHub.CloudRelay.Store;

/// <summary>
/// The tables, and the way from each version of them to the next. <c>PRAGMA user_version</c> holds the version of a database.
/// <para>
/// A Bundle is kept once, as it came (compressed, if it came so), and a resource is a slice of it: what was received is what is served and
/// forwarded, and 25,000 Observations a second cost a few narrow rows each instead of a kilobyte of JSON. Keys are the leading 64 bits of a uuid
/// or identifier digest, checked against all 128 on a match.
/// </para>
/// </summary>
internal static class StoreSchema
{
    private static readonly string[] Migrations =
    [
        """
        CREATE TABLE bundle(
            seq INTEGER PRIMARY KEY, uuid BLOB NOT NULL, hub BLOB NOT NULL, recipient TEXT NOT NULL, received INTEGER NOT NULL,
            encoding INTEGER NOT NULL, bytes INTEGER NOT NULL, forward INTEGER NOT NULL DEFAULT 0, payload BLOB NOT NULL);
        CREATE INDEX bundle_received ON bundle(received);
        CREATE INDEX bundle_waiting ON bundle(seq) WHERE forward = 0;

        CREATE TABLE resource(
            seq INTEGER PRIMARY KEY, kind INTEGER NOT NULL, bundle INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
            uuid BLOB NOT NULL, identity BLOB, codes INTEGER, subject INTEGER, start INTEGER, span INTEGER);
        CREATE INDEX resource_subject ON resource(subject, start) WHERE kind = 3;
        CREATE INDEX resource_codes ON resource(codes, start) WHERE kind = 3;
        CREATE INDEX resource_start ON resource(start) WHERE kind = 3;
        CREATE INDEX resource_other ON resource(kind) WHERE kind <> 3;

        CREATE TABLE key(hash INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY(hash, seq)) WITHOUT ROWID;
        CREATE TABLE alias(key BLOB NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY(key, seq)) WITHOUT ROWID;

        CREATE TABLE code_set(id INTEGER PRIMARY KEY, canonical TEXT NOT NULL UNIQUE);
        CREATE TABLE coding(code TEXT NOT NULL, system TEXT NOT NULL, code_set INTEGER NOT NULL, PRIMARY KEY(code, system, code_set)) WITHOUT ROWID;
        CREATE TABLE subject(id INTEGER PRIMARY KEY, reference TEXT NOT NULL UNIQUE);
        CREATE TABLE figure(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;

        CREATE TABLE dead_letter(
            seq INTEGER PRIMARY KEY, origin INTEGER NOT NULL, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL, times INTEGER NOT NULL,
            hub BLOB NOT NULL, recipient TEXT NOT NULL, bundle BLOB NOT NULL, encoding TEXT NOT NULL, reason TEXT NOT NULL,
            entries TEXT NOT NULL, status INTEGER, bytes INTEGER NOT NULL, payload BLOB, UNIQUE(origin, hub, recipient, bundle, reason, entries));
        """,

        // A resource's row is its current version; those before it stay. Other columns of a row tell of the current version too.
        """
        ALTER TABLE resource ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
        CREATE TABLE earlier_version(
            seq INTEGER NOT NULL, version INTEGER NOT NULL, bundle INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
            PRIMARY KEY(seq, version)) WITHOUT ROWID;
        """,

        // What pages of a search that began before an update need. Versions that were replaced before this step keep NULL: no such page was begun then.
        """
        ALTER TABLE earlier_version ADD COLUMN codes INTEGER;
        ALTER TABLE earlier_version ADD COLUMN start INTEGER;
        ALTER TABLE earlier_version ADD COLUMN span INTEGER;
        CREATE INDEX resource_updated ON resource(bundle) WHERE version > 1;
        """,

        // Whose store it is; one of before is its first Bundle's.
        """
        CREATE TABLE owner(id INTEGER PRIMARY KEY CHECK(id = 1), recipient TEXT NOT NULL);
        INSERT INTO owner SELECT 1, recipient FROM bundle ORDER BY seq LIMIT 1;
        """,
    ];

    /// <summary>The version that this program writes.</summary>
    public static int Version => Migrations.Length;

    /// <summary>Brings the database to <see cref="Version"/>, each step in a transaction of its own.</summary>
    /// <exception cref="StoreVersionException">The database is of a later version than this program knows.</exception>
    public static void Migrate(SqliteConnection connection)
    {
        var version = Convert.ToInt32(connection.Scalar("PRAGMA user_version"), CultureInfo.InvariantCulture);
        if (version > Version)
        {
            throw new StoreVersionException(version, Version);
        }

        for (; version < Version; version++)
        {
            using var transaction = connection.BeginTransaction();
            connection.Execute(Migrations[version]);
            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version + 1}"));
            transaction.Commit();
        }
    }
}
