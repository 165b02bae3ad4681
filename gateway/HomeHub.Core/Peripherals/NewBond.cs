using HomeHub.Core.Identity;

namespace HomeHub.Core.Peripherals;

/// <summary>A bond that was just made.</summary>
/// <param name="Address">
/// Identity address, upper case. Another than was paired where the peripheral advertises resolvable private addresses (Core Specification Vol 6 Part B
/// 1.3.2.2) and told its identity with its keys; it is heard under this one from now on.
/// </param>
/// <param name="AddressType">Kind of <paramref name="Address"/>.</param>
/// <param name="Security">How the bond came about.</param>
public sealed record NewBond(string Address, AddressType AddressType, BondSecurity Security);
