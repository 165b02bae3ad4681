namespace HomeHub.BlueZ.Bonds;

/// <summary>What the kernel told of a peripheral. It holds no key.</summary>
/// <param name="AdapterIndex">Number of the adapter, 0 for hci0.</param>
/// <param name="Address">The peripheral's address, upper case.</param>
/// <param name="IsAuthenticationFailure">True when keys did not fit or were missing on a side.</param>
/// <param name="KeyType">Kind of a new long term key: 0, 1 legacy without and with authentication; 2, 3 Secure Connections; null when it is none.</param>
internal readonly record struct KernelEvent(ushort AdapterIndex, string Address, bool IsAuthenticationFailure, byte? KeyType);
