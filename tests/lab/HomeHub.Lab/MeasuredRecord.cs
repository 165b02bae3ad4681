namespace HomeHub.Lab;

/// <summary>A record that a simulated device took.</summary>
/// <param name="Characteristic">16-bit UUID by which it is told.</param>
/// <param name="Octets">The record.</param>
/// <param name="At">The true time.</param>
internal sealed record MeasuredRecord(ushort Characteristic, byte[] Octets, DateTimeOffset At);
