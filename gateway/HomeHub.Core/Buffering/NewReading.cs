using HomeHub.Core.Acquisition;

namespace HomeHub.Core.Buffering;

/// <summary>A reading to append, with the state in which each recipient's delivery starts.</summary>
/// <param name="Reading">The reading.</param>
/// <param name="Deliveries">At least one recipient, each <see cref="DeliveryState.Buffered"/>, <see cref="DeliveryState.Local"/> or <see cref="DeliveryState.Withheld"/>, or all <see cref="DeliveryState.Unassigned"/>.</param>
public readonly record struct NewReading(AcquiredReading Reading, IReadOnlyList<NewDelivery> Deliveries);
