namespace HomeHub.Gateway.Configuration;

/// <summary>The radio.</summary>
internal sealed record BluetoothConfiguration
{
    /// <summary>Whether the hub takes readings over Bluetooth.</summary>
    public bool IsEnabled { get; init; }

    /// <summary>Name (hci0) or address of the adapter; null for the first one.</summary>
    public string? Adapter { get; init; }

    /// <summary>Most devices that are connected at a time, 1 to 20.</summary>
    public int MaxConnections { get; init; } = DefaultMaxConnections;

    /// <summary>Whether the electrocardiogram of straps that have one is taken.</summary>
    public bool TakesEcg { get; init; }

    /// <summary>What controllers of small boards hold with room to spare.</summary>
    public const int DefaultMaxConnections = 5;
}
