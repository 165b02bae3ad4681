using HomeHub.Core.Buffering;

namespace HomeHub.Core.Delivery;

/// <summary>A relay's word on one Bundle: committed, or refused as a whole.</summary>
/// <param name="Recipient">Whose relay.</param>
/// <param name="BundleId">UUID of the Bundle.</param>
/// <param name="Reason">Null when committed, else the reason code.</param>
/// <param name="Accepted">Entries stored or known already, when committed.</param>
/// <param name="Refused">Entries that the relay names as the cause, when refused; may be empty.</param>
public sealed record DeliveryReceipt(
    Recipient Recipient, Guid BundleId, string? Reason, IReadOnlyList<Guid> Accepted, IReadOnlyList<RefusedEntry> Refused)
{
    /// <summary>True when the relay has committed the Bundle.</summary>
    public bool IsCommitted => Reason is null;
}
