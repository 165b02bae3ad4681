namespace HomeHub.Core.Buffering;

/// <summary>How the delivery of a new reading to one recipient starts.</summary>
/// <param name="Recipient">Who.</param>
/// <param name="State"><see cref="DeliveryState.Buffered"/>, <see cref="DeliveryState.Local"/> or <see cref="DeliveryState.Withheld"/>; <see cref="DeliveryState.Unassigned"/> exactly where the reading is nobody's.</param>
public readonly record struct NewDelivery(Recipient Recipient, DeliveryState State);
