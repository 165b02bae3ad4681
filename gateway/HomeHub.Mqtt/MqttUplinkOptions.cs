using HomeHub.Core.Buffering;
using HomeHub.Mosquitto;

namespace HomeHub.Mqtt;

/// <summary>How the hub reaches its broker. A class and no record, so that a password is never printed by accident.</summary>
public sealed class MqttUplinkOptions
{
    /// <summary>The broker.</summary>
    public required MosquittoAddress Broker { get; init; }

    /// <summary>Who gets readings; receipts of others are ignored.</summary>
    public required IReadOnlyList<Recipient> Recipients { get; init; }

    /// <summary>The program's version, for the status.</summary>
    public required string Software { get; init; }

    /// <summary>User name, where the broker asks for one.</summary>
    public string? Username { get; init; }

    /// <summary>Password, where the broker asks for one.</summary>
    public string? Password { get; init; }

    /// <summary>PEM file with the CA of the broker's certificate; null: the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>PEM file with the hub's certificate; with <see cref="KeyFile"/> or not at all.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file with the hub's private key.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The longest wait between two tries to connect; 15 s by default.</summary>
    public TimeSpan MaxReconnectDelay { get; init; } = TimeSpan.FromSeconds(15);
}
