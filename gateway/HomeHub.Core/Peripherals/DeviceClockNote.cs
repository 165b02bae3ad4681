namespace HomeHub.Core.Peripherals;

/// <summary>What a comparison of a device's clock with the hub's showed, once in a connection, before anything was set.</summary>
/// <param name="At">When, by the hub's clock.</param>
/// <param name="Off">By how much the device's clock is ahead (negative: behind); null: it shows no time that can be compared.</param>
/// <param name="WasSet">Whether the hub set the device's clock in that connection.</param>
public sealed record DeviceClockNote(DateTimeOffset At, TimeSpan? Off, bool WasSet);
