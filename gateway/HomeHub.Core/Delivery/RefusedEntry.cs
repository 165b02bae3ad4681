namespace HomeHub.Core.Delivery;

/// <summary>An entry that a relay names as the cause of a refusal.</summary>
/// <param name="Entry">UUID of its fullUrl.</param>
/// <param name="Reason">Reason code.</param>
public readonly record struct RefusedEntry(Guid Entry, string Reason);
