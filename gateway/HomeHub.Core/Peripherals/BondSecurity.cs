namespace HomeHub.Core.Peripherals;

/// <summary>How a bond came about (Core Specification Vol 3 Part H 2.3).</summary>
public enum BondSecurity
{
    /// <summary>The system does not tell.</summary>
    Unknown,

    /// <summary>LE legacy pairing: who overheard the pairing can read along.</summary>
    Legacy,

    /// <summary>LE Secure Connections without protection from a person in the middle (Just Works).</summary>
    SecureConnections,

    /// <summary>LE Secure Connections, confirmed by passkey or comparison.</summary>
    SecureConnectionsAuthenticated,
}
