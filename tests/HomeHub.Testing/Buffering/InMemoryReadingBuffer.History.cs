using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;

namespace HomeHub.Testing.Buffering;

/// <summary>What a patient sees of the own history.</summary>
public sealed partial class InMemoryReadingBuffer
{
    /// <inheritdoc/>
    public Task<HistoryExcerpt> ReadSpanAsync(HistorySpan span, CancellationToken cancellation)
    {
        span.Validate();
        lock (_gate)
        {
            var found = _held.Values
                .Where(held => held.Reading.Patient == span.Patient && !held.Reading.IsTakenBack && held.Reading.Effective.Instant >= span.From && held.Reading.Effective.Instant < span.Until)
                .GroupBy(held => held.Reading.Characteristic)
                .Select(each => (IsMany: each.Count() > span.MaxEach, Each: each))
                .ToList();
            IEnumerable<Held> shown = found.SelectMany(one => one.IsMany
                ? one.Each.GroupBy(held => span.PieceOf(held.Reading.Effective.Instant)).Select(piece => piece.MaxBy(held => held.Reading.Effective.Instant)!)
                : one.Each);
            BufferedReading[] readings = [.. shown.OrderBy(held => held.Reading.Effective.Instant).ThenBy(held => held.Id).Select(held => held.ToBuffered())];
            return Task.FromResult(new HistoryExcerpt(readings, found.Where(one => one.IsMany).Select(one => one.Each.Key).ToHashSet()));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<HistoryEntry>> ReadPageAsync(PatientReference patient, long before, int max, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<HistoryEntry>>(
            [
                .. _held.Values.Reverse().Where(held => held.Reading.Patient == patient && held.Id < before).Take(max).Select(EntryOf),
            ]);
        }
    }

    /// <inheritdoc/>
    public Task<HistoryEntry?> FindAsync(long reading, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult(_held.Values.Where(held => held.Id == reading).Select(EntryOf).FirstOrDefault());
        }
    }

    private static HistoryEntry EntryOf(Held held) => new(
        held.ToBuffered(),
        [.. held.States.OrderBy(one => one.Key.Slug, StringComparer.Ordinal).Select(one => new DeliveryProgress(one.Key, one.Value.State, one.Value.SentAt, one.Value.SettledAt))]);
}
