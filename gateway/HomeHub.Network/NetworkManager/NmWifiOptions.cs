namespace HomeHub.Network.NetworkManager;

/// <summary>Limits of speaking with NetworkManager.</summary>
public sealed record NmWifiOptions
{
    /// <summary>Most networks that are told; a block of flats has some fifty.</summary>
    public const int MaxNetworks = 60;

    /// <summary>Address of the message bus; null for the system's.</summary>
    public string? BusAddress { get; init; }

    /// <summary>How long an answer is waited for.</summary>
    public TimeSpan CallLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long joining may take: the association, the passphrase, an address.</summary>
    public TimeSpan JoinLimit { get; init; } = TimeSpan.FromSeconds(45);
}
