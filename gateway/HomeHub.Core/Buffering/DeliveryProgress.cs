namespace HomeHub.Core.Buffering;

/// <summary>How far a reading is on its way to a recipient.</summary>
/// <param name="Recipient">Who.</param>
/// <param name="State">How far.</param>
/// <param name="SentAt">When it was last given to the uplink; null: never.</param>
/// <param name="SettledAt">When the relay's answer came; null while there is none.</param>
public sealed record DeliveryProgress(Recipient Recipient, DeliveryState State, DateTimeOffset? SentAt, DateTimeOffset? SettledAt);
