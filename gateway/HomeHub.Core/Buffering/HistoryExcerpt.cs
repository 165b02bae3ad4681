using HomeHub.Profiles;

namespace HomeHub.Core.Buffering;

/// <summary>The readings of a <see cref="HistorySpan"/>.</summary>
/// <param name="Readings">By when they were measured, the oldest first.</param>
/// <param name="Thinned">Characteristics that had more readings than asked for, so that some stand for others; the newest of each is always among them.</param>
public sealed record HistoryExcerpt(IReadOnlyList<BufferedReading> Readings, IReadOnlySet<BluetoothUuid> Thinned);
