using HomeHub.Core.Identity;

namespace HomeHub.Core.Peripherals;

/// <summary>A peripheral that the adapter holds a bond with.</summary>
/// <param name="Address">Identity address, upper case.</param>
/// <param name="AddressType">Kind of <paramref name="Address"/>.</param>
/// <param name="Name">Name as it is known; null when not known.</param>
/// <param name="IsConnected">Whether it is connected now.</param>
public sealed record BondedPeripheral(string Address, AddressType AddressType, string? Name, bool IsConnected);
