using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;

namespace HomeHub.Sqlite;

/// <content>What a patient sees of the own history.</content>
public sealed partial class SqliteReadingBuffer
{
    /// <inheritdoc/>
    public async Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        int pruned = 0;
        for (long? after = 0; after is not null;)
        {
            (List<long> ids, after) =
                await _queries.FindHistoryAsync(after.Value, PruneStepReadings, before, cancellation).ConfigureAwait(false);
            if (ids.Count > 0)
            {
                pruned += await _writer.RunAsync(isDurable: false, ids.Count, session => session.Prune(ids), cancellation).ConfigureAwait(false);
            }
        }

        await GiveBackAsync(cancellation).ConfigureAwait(false);
        return pruned;
    }

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
