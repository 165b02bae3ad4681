namespace HomeHub.Simulation.Devices;

/// <summary>Something that happened to a simulated device, for who compares what it did with what arrived.</summary>
/// <param name="At">True time.</param>
/// <param name="Name">What: <c>measured</c>, <c>sent</c>, <c>connected</c>, <c>disconnected</c>, <c>clock-set</c>, <c>passkey</c> ….</param>
/// <param name="Characteristic">16-bit UUID, where one is concerned; else 0.</param>
/// <param name="Octets">The value, where one is concerned; else null.</param>
public readonly record struct DeviceEvent(DateTimeOffset At, string Name, ushort Characteristic = 0, byte[]? Octets = null);
