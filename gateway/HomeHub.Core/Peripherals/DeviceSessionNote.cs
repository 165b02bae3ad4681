namespace HomeHub.Core.Peripherals;

/// <summary>What a connection came to.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Trouble">What hinders the use of the device from now on; null clears it.</param>
public sealed record DeviceSessionNote(DateTimeOffset At, DeviceTrouble? Trouble);
