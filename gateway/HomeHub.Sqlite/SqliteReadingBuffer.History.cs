using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;

namespace HomeHub.Sqlite;

/// <content>What a patient sees of the own history.</content>
public sealed partial class SqliteReadingBuffer
{
    /// <inheritdoc/>
    public Task<HistoryExcerpt> ReadSpanAsync(HistorySpan span, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(span);
        span.Validate();
        return _queries.ReadSpanAsync(span, cancellation);
    }

    /// <inheritdoc/>
    public Task<HistoryEntry?> FindAsync(long reading, CancellationToken cancellation) => _queries.FindAsync(reading, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<HistoryEntry>> ReadPageAsync(PatientReference patient, long before, int max, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        return _queries.ReadPageAsync(patient, before, max, cancellation);
    }
}
