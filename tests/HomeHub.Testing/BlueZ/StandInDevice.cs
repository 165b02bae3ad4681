namespace HomeHub.Testing.BlueZ;

/// <summary>A device behind the stand-in.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Name">Its name.</param>
/// <param name="Characteristics">Its characteristics, by handle.</param>
public sealed record StandInDevice(string Address, string Name, params StandInCharacteristic[] Characteristics)
{
    /// <summary>Services that it advertises.</summary>
    public string[] Services { get; init; } = [];

    /// <summary>How it pairs.</summary>
    public StandInPairing Pairing { get; init; } = StandInPairing.JustWorks;

    /// <summary>The passkey of its pairing.</summary>
    public uint Passkey { get; init; } = 123_456;

    /// <summary>Whether BlueZ holds a bond with it.</summary>
    public bool IsPaired { get; set; }

    /// <summary>Whether BlueZ trusts it.</summary>
    public bool IsTrusted { get; set; }

    /// <summary>Whether it is connected.</summary>
    public bool IsConnected { get; set; }

    /// <summary>Whether its services are known.</summary>
    public bool IsResolved { get; set; }

    /// <summary>Whether the link goes before the services are known, as with a bond that one side lost.</summary>
    public bool DropsAtEncryption { get; set; }

    /// <summary>Signal strength of the last advertisement; null when it is only remembered.</summary>
    public short? Rssi { get; set; }

    /// <summary>Its identity, which it tells with its keys; null: the address that it advertises.</summary>
    public string? Identity { get; init; }

    /// <summary>Service data that it advertises, by the UUID of the service; null: none.</summary>
    public Dictionary<string, object>? ServiceData { get; set; }

    /// <summary>Kind of its address in BlueZ's words.</summary>
    public string AddressType { get; init; } = "public";

    /// <summary>Told when it is connected and when its link went.</summary>
    public Action<bool>? OnLink { get; init; }

    /// <summary>Told the passkey that it shows while it is paired.</summary>
    public Action<uint>? OnPasskey { get; init; }
}
