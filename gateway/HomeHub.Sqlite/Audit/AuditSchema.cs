namespace HomeHub.Sqlite;

/// <summary>The table of <c>audit.db</c>, and the way from one version of it to the next.</summary>
internal static class AuditSchema
{
    /// <summary>The columns are those of <see cref="HomeHub.Core.Audit.AuditEntry"/>; times are UTC ticks of 100 ns with the offset in minutes.</summary>
    public static readonly string[] Steps =
    [
        """
        CREATE TABLE entry (
          number INTEGER PRIMARY KEY, at INTEGER NOT NULL, at_offset INTEGER NOT NULL, act TEXT NOT NULL, who TEXT NOT NULL, patient TEXT, about TEXT,
          hash BLOB NOT NULL);
        CREATE TRIGGER entry_stays BEFORE DELETE ON entry BEGIN SELECT raise(ABORT, 'entries are only ever added'); END;
        CREATE TRIGGER entry_same BEFORE UPDATE ON entry BEGIN SELECT raise(ABORT, 'entries are only ever added'); END;
        """,
    ];
}
