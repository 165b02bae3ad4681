namespace HomeHub.Testing;

/// <summary>How a <see cref="MosquittoBroker"/> is set up.</summary>
public sealed record MosquittoBrokerOptions
{
    /// <summary>Whether sessions, queued and retained messages outlive the broker's process, even a killed one.</summary>
    public bool Persistence { get; init; } = true;

    /// <summary>Listen by TLS with these certificates; null: plain TCP.</summary>
    public TestCertificates? Tls { get; init; }

    /// <summary>By TLS: ask the client for a certificate of the same CA.</summary>
    public bool RequireClientCertificate { get; init; }

    /// <summary>Further lines for the end of mosquitto.conf.</summary>
    public IReadOnlyList<string> MoreLines { get; init; } = [];
}
