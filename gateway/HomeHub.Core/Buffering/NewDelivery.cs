namespace HomeHub.Core.Buffering;

/// <summary>How the delivery of a new reading to one recipient starts.</summary>
/// <param name="Recipient">Who.</param>
/// <param name="State"><see cref="DeliveryState.Buffered"/> or <see cref="DeliveryState.Local"/>; <see cref="DeliveryState.Unassigned"/> exactly where the reading is nobody's.</param>
public readonly record struct NewDelivery(Recipient Recipient, DeliveryState State);
