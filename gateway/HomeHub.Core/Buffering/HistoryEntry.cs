namespace HomeHub.Core.Buffering;

/// <summary>A reading of somebody's history, with where it went.</summary>
/// <param name="Reading">The reading.</param>
/// <param name="Deliveries">How far it is on its way to each recipient, by slug; a recipient that never was to get it has none.</param>
public sealed record HistoryEntry(BufferedReading Reading, IReadOnlyList<DeliveryProgress> Deliveries);
