namespace HomeHub.Mosquitto;

/// <summary>How a <see cref="MosquittoClient"/> connects. A class and no record, so that a password is never printed by accident.</summary>
public sealed class MosquittoOptions
{
    /// <summary>The broker.</summary>
    public required MosquittoAddress Address { get; init; }

    /// <summary>The client id, by which the broker knows the session again. Not empty, at most 65,535 bytes.</summary>
    public required string ClientId { get; init; }

    /// <summary>User name, where the broker asks for one.</summary>
    public string? Username { get; init; }

    /// <summary>Password, where the broker asks for one; not without <see cref="Username"/>.</summary>
    public string? Password { get; init; }

    /// <summary>Whether the broker forgets the former session. False by default: a persistent session.</summary>
    public bool CleanStart { get; init; }

    /// <summary>MQTT 5: how long the broker keeps the session of a client that is away; 30 days by default. On 3.1.1 the broker decides.</summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Keep-alive interval, 5 s to 65,535 s. A dead connection is noticed within twice that.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long TCP, TLS, CONNECT and the subscriptions together may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest wait between two tries; 15 s by default.</summary>
    public TimeSpan MaxReconnectDelay { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>PEM file with the CA that the broker's certificate comes from. Null: the CAs of the operating system.</summary>
    public string? CaFile { get; init; }

    /// <summary>PEM file with the client's certificate (chain); with <see cref="KeyFile"/> or not at all.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file with the client's private key, not encrypted.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Last Will, if any.</summary>
    public MosquittoWill? Will { get; init; }

    /// <summary>The only version of MQTT to speak. Null: 5, and 3.1.1 where the broker does not speak 5.</summary>
    public MosquittoProtocol? OnlyProtocol { get; init; }

    /// <summary>Most publishes that wait for their PUBACK; further ones wait for a place. 1 to 10,000.</summary>
    public int MaxInFlightPublishes { get; init; } = 64;

    /// <summary>Received messages that may wait in <see cref="MosquittoClient.Messages"/> before reading from the broker pauses. 1 or more.</summary>
    public int MaxQueuedMessages { get; init; } = 256;

    /// <summary>MQTT 5: the largest packet that the broker may send us, in bytes.</summary>
    public int MaxPacketBytes { get; init; } = 1024 * 1024;

    /// <summary>The clock for time-outs.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>What the jitter comes from; a seeded one makes a run repeatable. Used by one thread only.</summary>
    public Random Random { get; init; } = new();

    /// <summary>Checks everything that can be checked without a connection.</summary>
    /// <returns>What is wrong, in one sentence that begins with the property's name; null when nothing is.</returns>
    public string? Validate() =>
        ClientId.Length == 0 || ClientId.Contains('\0', StringComparison.Ordinal) ? "ClientId must not be empty."
        : Password is not null && Username is null ? "Password needs a Username."
        : KeepAlive < TimeSpan.FromSeconds(5) || KeepAlive > TimeSpan.FromSeconds(ushort.MaxValue) ? "KeepAlive must be 5 s to 65535 s."
        : ConnectTimeout <= TimeSpan.Zero ? "ConnectTimeout must be positive."
        : MaxReconnectDelay <= TimeSpan.Zero ? "MaxReconnectDelay must be positive."
        : SessionExpiry < TimeSpan.Zero ? "SessionExpiry must not be negative."
        : MaxInFlightPublishes is < 1 or > 10_000 ? "MaxInFlightPublishes must be 1 to 10000."
        : MaxQueuedMessages < 1 ? "MaxQueuedMessages must be 1 or more."
        : MaxPacketBytes < 1024 ? "MaxPacketBytes must be 1024 or more."
        : (CertificateFile is null) != (KeyFile is null) ? "CertificateFile and KeyFile are given together or not at all."
        : !Address.Tls && (CaFile ?? CertificateFile) is not null ? "CaFile and CertificateFile need a broker URL with mqtts."
        : Unreadable(nameof(CaFile), CaFile) ?? Unreadable(nameof(CertificateFile), CertificateFile) ?? Unreadable(nameof(KeyFile), KeyFile);

    private static string? Unreadable(string property, string? path)
    {
        if (path is null)
        {
            return null;
        }

        try
        {
            using var file = File.OpenRead(path);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return $"{property} can't be read: {e.Message}";
        }
    }
}
