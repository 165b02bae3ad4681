namespace HomeHub.Profiles;

/// <summary>One reported bit of a Bits Enumeration.</summary>
/// <param name="Bit">MDER bit number: 0 is the most significant (not the GATT bit number).</param>
/// <param name="Name">ASN.1 name of the bit, e.g. <c>irregular-pulse</c>.</param>
/// <param name="IsSet">Whether the bit is set.</param>
public readonly record struct BitState(byte Bit, string Name, bool IsSet);
