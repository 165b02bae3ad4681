namespace HomeHub.Gateway.Configuration;

/// <summary>The radio.</summary>
internal sealed record BluetoothConfiguration
{
    /// <summary>Whether the hub takes readings over Bluetooth.</summary>
    public bool IsEnabled { get; init; }

    /// <summary>Name (hci0) or address of the adapter; null for the first one.</summary>
    public string? Adapter { get; init; }
}
