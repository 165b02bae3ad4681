namespace HomeHub.Core.Network;

/// <summary>What a wireless network asks of who joins it.</summary>
public enum WifiSecurity
{
    /// <summary>Nothing: everybody can, and everybody can listen.</summary>
    Open,

    /// <summary>A passphrase (WPA2, WPA3 Personal).</summary>
    Passphrase,

    /// <summary>An account (802.1X), as in hospitals and offices; not joined from the pages.</summary>
    Account,

    /// <summary>A key of the old kind (WEP), which protects nothing; not joined.</summary>
    Outdated,
}
