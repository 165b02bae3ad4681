using HomeHub.Core.Identity;

namespace HomeHub.Core.Audit;

/// <summary>
/// Port: what persons did, for good. Entries are only ever added, durably, each chained to the one before, so that none can be changed, left out or put in without
/// trace. Safe for several threads and processes.
/// </summary>
/// <exception cref="Buffering.BufferException">Thrown by every member when the disk is full, read-only or damaged.</exception>
public interface IAuditLog : IAsyncDisposable
{
    /// <summary>Adds an entry.</summary>
    /// <exception cref="ArgumentException">It is wrong, see <see cref="AuditNote.Validate"/>.</exception>
    Task<AuditEntry> AddAsync(AuditNote note, CancellationToken cancellation);

    /// <summary>Up to <paramref name="max"/> entries after a number, in order.</summary>
    Task<IReadOnlyList<AuditEntry>> ReadAsync(long after, int max, CancellationToken cancellation);

    /// <summary>Up to <paramref name="max"/> entries before a number, the newest first.</summary>
    /// <param name="patient">Only what was about this one's data; null: all.</param>
    /// <param name="before">Only entries with a lower number; <see cref="long.MaxValue"/> for the newest.</param>
    /// <param name="max">Most entries.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<IReadOnlyList<AuditEntry>> ReadNewestAsync(PatientReference? patient, long before, int max, CancellationToken cancellation);

    /// <summary>The newest entry; null for an empty log.</summary>
    Task<AuditEntry?> ReadLastAsync(CancellationToken cancellation);

    /// <summary>Goes through the whole log and computes each entry anew.</summary>
    /// <param name="mark">A mark that somebody kept (<see cref="AuditEntry.Mark"/>): that entry must still be there as it was; null: none is known.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<AuditCheck> VerifyAsync(string? mark, CancellationToken cancellation);
}
