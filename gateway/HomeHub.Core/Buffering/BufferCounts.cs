namespace HomeHub.Core.Buffering;

/// <summary>How many readings are in which state, over all recipients: one that two recipients get counts for each. Counts readings (records), not Observations.</summary>
public sealed record BufferCounts
{
    /// <summary>Waiting to be sent.</summary>
    public long Buffered { get; init; }

    /// <summary>Sent, not receipted.</summary>
    public long Sent { get; init; }

    /// <summary>Receipted, local history that was pruned since included.</summary>
    public long Receipted { get; init; }

    /// <summary>Refused by the relay.</summary>
    public long Rejected { get; init; }

    /// <summary>Kept here by an upload rule, local history that was pruned since included.</summary>
    public long Local { get; init; }

    /// <summary>Kept here because the person does not let a recipient have them; those that were pruned since count as <see cref="Local"/>.</summary>
    public long Withheld { get; init; }

    /// <summary>Nobody's, waiting for a person to say whose they are.</summary>
    public long Unassigned { get; init; }

    /// <summary>Discarded by a person, those that were pruned since included.</summary>
    public long Discarded { get; init; }

    /// <summary>Taken back by a person, those that were pruned since included.</summary>
    public long TakenBack { get; init; }

    /// <summary>Payloads that were not understood.</summary>
    public long Quarantined { get; init; }

    /// <summary>Records that came again and were known already.</summary>
    public long Duplicates { get; init; }

    /// <summary>Readings taken since the hub's first start: every one that was stored.</summary>
    public long Taken { get; init; }

    /// <summary>Records that are known, and so not taken again, whether their readings are still here or not.</summary>
    public long Known { get; init; }

    /// <summary>Records that had left the buffer and are no longer known, because the size limit was reached.</summary>
    public long NoLongerKnown { get; init; }

    /// <summary>Readings that were sent more than once, counted at each repetition.</summary>
    public long SentAgain { get; init; }

    /// <summary>When the oldest reading that waits for a receipt (buffered or sent) was received; null when there is none.</summary>
    public DateTimeOffset? OldestUnreceiptedAt { get; init; }

    /// <summary>When the last receipt came; null when none did.</summary>
    public DateTimeOffset? LastReceiptAt { get; init; }

    /// <summary>Size of the database on disk, in bytes.</summary>
    public long SizeBytes { get; init; }

    /// <summary>True when the buffer takes no more readings.</summary>
    public bool IsFull { get; init; }

    /// <summary>Rejected readings by reason code.</summary>
    public IReadOnlyDictionary<string, long> RejectedByReason { get; init; } = new Dictionary<string, long>();

    /// <summary>Quarantined payloads by error code and characteristic, <c>truncated 2A35</c>.</summary>
    public IReadOnlyDictionary<string, long> QuarantinedByCause { get; init; } = new Dictionary<string, long>();
}
