namespace HomeHub.Sqlite;

/// <summary>Where the buffer lies and how large it may become.</summary>
public sealed record SqliteBufferOptions
{
    /// <summary>Smallest <see cref="MaxSizeMiB"/>.</summary>
    public const int MinSizeMiB = 1;

    /// <summary>Folder of the database; created, for its owner only, when it is absent.</summary>
    public required string Folder { get; init; }

    /// <summary>
    /// Size limit of database and write-ahead log together, in MiB. When it is reached, receipted and local history goes first, oldest
    /// first; when none is left, the buffer is full. 512 MiB hold more than 1,500,000 readings.
    /// </summary>
    public int MaxSizeMiB { get; init; } = 512;

    /// <summary>How long receipted and local history stays for the patient's own view, in days.</summary>
    public int HistoryDays { get; init; } = 90;

    /// <summary>
    /// Payloads kept in quarantine that were not understood; beyond it the oldest goes, with a warning. Those whose time is not known don't count, and don't go.
    /// </summary>
    public int MaxQuarantinedPayloads { get; init; } = 10_000;

    /// <summary>Requests that wait for the writer; callers beyond it wait to be let in.</summary>
    public int MaxQueuedRequests { get; init; } = 4_096;

    /// <summary>Readings in one commit, unless a single call brings more.</summary>
    public int MaxReadingsPerCommit { get; init; } = 2_000;

    /// <summary>
    /// How long the check of the database at the start may take, in seconds. Some 100 MiB a second are checked on a card or disk of today;
    /// what is left after that time is checked when it is read. After damage was met while running, the next start checks all.
    /// </summary>
    public int MaxCheckSeconds { get; init; } = 10;

    /// <summary>Whether the write-ahead log is made as long as it becomes, some 1 MiB: for a process that runs on, to which it is worth it.</summary>
    public bool PreparesLog { get; init; }

    /// <summary>Bytes that the write-ahead log may have, out of the size limit; a single large commit may exceed it for a moment.</summary>
    internal long LogBudgetBytes => Math.Min(8 * 1024 * 1024, MaxSizeMiB * 1024L * 1024 / 4);

    /// <summary>Local history older than this, seen from <paramref name="now"/>, may be pruned.</summary>
    public DateTimeOffset HistoryStart(DateTimeOffset now) => now.AddDays(-HistoryDays);
}
