namespace HomeHub.Contract;

/// <summary>An entry that made the relay reject its Bundle.</summary>
/// <param name="Entry">The UUID of the entry's fullUrl.</param>
/// <param name="Reason">Why.</param>
public readonly record struct RejectedEntry(Guid Entry, ReasonCode Reason);
