using HomeHub.Profiles;

namespace HomeHub.Lab;

/// <summary>A record that a simulated device took.</summary>
/// <param name="Characteristic">16-bit UUID by which it is told.</param>
/// <param name="Octets">The record.</param>
/// <param name="At">The true time.</param>
/// <param name="Context">What the device's features say, by which records are understood.</param>
internal sealed record MeasuredRecord(ushort Characteristic, byte[] Octets, DateTimeOffset At, SessionContext Context);
