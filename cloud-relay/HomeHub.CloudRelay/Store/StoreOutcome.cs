using HomeHub.Contract;

namespace HomeHub.CloudRelay.Store;

/// <summary>What became of a Bundle. It is true only once the transaction that it belongs to is committed.</summary>
/// <param name="Reason">Null when the Bundle was taken.</param>
/// <param name="Stored">Entries stored now (uuids of their fullUrls).</param>
/// <param name="Duplicate">Entries that were there before.</param>
/// <param name="Rejected">The bad entries, when it was refused.</param>
internal sealed record StoreOutcome(
    ReasonCode? Reason, IReadOnlyList<Guid> Stored, IReadOnlyList<Guid> Duplicate, IReadOnlyList<RejectedEntry> Rejected)
{
    /// <summary>A refusal.</summary>
    public static StoreOutcome Refused(ReasonCode reason, IReadOnlyList<RejectedEntry> entries) => new(reason, [], [], entries);

    /// <summary>The receipt that says so.</summary>
    public Receipt ToReceipt(Guid bundle) =>
        Reason is { } reason ? Receipt.Rejected(bundle, reason, Rejected) : Receipt.Committed(bundle, Stored, Duplicate);
}
