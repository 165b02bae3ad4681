using HomeHub.Core.Buffering;

namespace HomeHub.Sqlite;

/// <summary>A delivery as it stands.</summary>
/// <param name="Recipient">Number of the recipient.</param>
/// <param name="State">How far it is.</param>
/// <param name="WasSent">Whether it was ever leased.</param>
/// <param name="Reason">Reason code of a refusal.</param>
internal readonly record struct HeldDelivery(long Recipient, DeliveryState State, bool WasSent, string? Reason);
