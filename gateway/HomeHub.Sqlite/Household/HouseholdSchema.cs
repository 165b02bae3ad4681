namespace HomeHub.Sqlite;

/// <summary>Tables of <c>household.db</c>. Times are Unix milliseconds.</summary>
internal static class HouseholdSchema
{
    /// <summary>Numbers of people are never given out again (AUTOINCREMENT): a page's address, or what was signed in, would come to mean somebody else.</summary>
    private const string Version1 = """
        CREATE TABLE person (
          number INTEGER PRIMARY KEY AUTOINCREMENT CHECK (number > 0), patient TEXT NOT NULL UNIQUE, name TEXT, language TEXT
        );
        CREATE TABLE pin (account INTEGER PRIMARY KEY NOT NULL, hash TEXT, generation INTEGER NOT NULL);
        CREATE TABLE claim (only_one INTEGER PRIMARY KEY NOT NULL CHECK (only_one = 0), code TEXT NOT NULL);
        CREATE TABLE tries (key TEXT PRIMARY KEY NOT NULL, wrong INTEGER NOT NULL, last_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE setting (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) WITHOUT ROWID;
        """;

    /// <summary>Who lived here when the hub last looked, and when it last saw that one of them does not any more (<see cref="ResidentMemory"/>).</summary>
    private const string Version2 = """
        CREATE TABLE resident (patient TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID;
        CREATE TABLE departure (only_one INTEGER PRIMARY KEY NOT NULL CHECK (only_one = 0), at INTEGER NOT NULL);
        """;

    /// <summary>One step for each version: element 0 makes version 1 out of nothing, element n makes version n + 1 out of n.</summary>
    public static readonly string[] Steps = [Version1, Version2];
}
