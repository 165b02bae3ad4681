using System.Globalization;
using HomeHub.Core.Buffering;

namespace HomeHub.Sqlite;

/// <summary>From the running counts to what the port gives.</summary>
internal static class CountsView
{
    /// <summary>The counts, without what has to be looked up.</summary>
    public static BufferCounts Of(IReadOnlyDictionary<string, long> counters) => new()
    {
        Buffered = Sum(counters, DeliveryState.Buffered),
        Sent = Sum(counters, DeliveryState.Sent),
        Receipted = Sum(counters, DeliveryState.Receipted),
        Rejected = Sum(counters, DeliveryState.Rejected),
        Local = Sum(counters, DeliveryState.Local),
        Withheld = Sum(counters, DeliveryState.Withheld),
        Unassigned = Sum(counters, DeliveryState.Unassigned),
        Discarded = Sum(counters, DeliveryState.Discarded),
        TakenBack = counters.GetValueOrDefault(Counters.TakenBack),
        Quarantined = counters.GetValueOrDefault(Counters.Quarantined),
        Duplicates = counters.GetValueOrDefault(Counters.Duplicates),
        Taken = counters.GetValueOrDefault(Counters.Taken),
        Known = counters.GetValueOrDefault(Counters.Identities),
        NoLongerKnown = counters.GetValueOrDefault(Counters.NoLongerKnown),
        SentAgain = counters.GetValueOrDefault(Counters.SentAgain),
        LastReceiptAt = LastReceipt(counters),
        RejectedByReason = Group(counters, Counters.RejectedPrefix, name => name[(name.LastIndexOf('/') + 1)..]),
        QuarantinedByCause = Group(counters, Counters.CausePrefix, name => name[Counters.CausePrefix.Length..]),
    };

    private static long Sum(IReadOnlyDictionary<string, long> counters, DeliveryState state)
    {
        string suffix = string.Create(CultureInfo.InvariantCulture, $"/{(int)state}");
        return counters
            .Where(counter => counter.Key.StartsWith(Counters.StatePrefix, StringComparison.Ordinal)
                && counter.Key.EndsWith(suffix, StringComparison.Ordinal))
            .Sum(counter => counter.Value);
    }

    private static Dictionary<string, long> Group(IReadOnlyDictionary<string, long> counters, string prefix, Func<string, string> nameOf) =>
        counters
            .Where(counter => counter.Value > 0 && counter.Key.StartsWith(prefix, StringComparison.Ordinal))
            .GroupBy(counter => nameOf(counter.Key), counter => counter.Value, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Sum(), StringComparer.Ordinal);

    private static DateTimeOffset? LastReceipt(IReadOnlyDictionary<string, long> counters) =>
        counters.GetValueOrDefault(Counters.LastReceipt) is > 0 and long ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
                .ToOffset(TimeSpan.FromMinutes(counters.GetValueOrDefault(Counters.LastReceiptOffset)))
            : null;
}
