namespace HomeHub.Sqlite;

/// <summary>The tables of <c>consent.db</c>, and the way from one version of them to the next.</summary>
internal static class ConsentSchema
{
    /// <summary>
    /// Decisions are only ever added, as <see cref="HomeHub.Core.Consent.ConsentDecision"/> names them; times are UTC ticks of 100 ns with the offset in minutes.
    /// <c>told</c> is what a recipient has receipted of a person's consent.
    /// </summary>
    public static readonly string[] Steps =
    [
        """
        CREATE TABLE decision (
          id INTEGER PRIMARY KEY AUTOINCREMENT, patient TEXT NOT NULL, kind INTEGER NOT NULL, recipient TEXT NOT NULL, answer INTEGER NOT NULL,
          at INTEGER NOT NULL, at_offset INTEGER NOT NULL, present TEXT NOT NULL, since INTEGER, since_offset INTEGER);
        CREATE TRIGGER decision_stays BEFORE DELETE ON decision BEGIN SELECT raise(ABORT, 'decisions are only ever added'); END;
        CREATE TRIGGER decision_same BEFORE UPDATE ON decision BEGIN SELECT raise(ABORT, 'decisions are only ever added'); END;
        CREATE TABLE told (patient TEXT NOT NULL, recipient TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (patient, recipient)) WITHOUT ROWID;
        """,
    ];
}
