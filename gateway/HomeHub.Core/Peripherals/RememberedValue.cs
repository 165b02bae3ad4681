namespace HomeHub.Core.Peripherals;

/// <summary>A value that was read once.</summary>
/// <param name="Service">16-bit UUID of the service.</param>
/// <param name="Characteristic">16-bit UUID of the characteristic.</param>
/// <param name="Octets">The value.</param>
public sealed record RememberedValue(ushort Service, ushort Characteristic, byte[] Octets);
