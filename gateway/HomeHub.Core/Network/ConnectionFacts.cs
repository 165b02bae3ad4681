using HomeHub.Core.Delivery;

namespace HomeHub.Core.Network;

/// <summary>What is known of the hub's way to the care team, beside whether it is reached. Holds no secret.</summary>
public sealed record ConnectionFacts
{
    /// <summary>Host and port of the broker: <c>broker.example:8883</c>.</summary>
    public required string Broker { get; init; }

    /// <summary>Whether the way there is encrypted.</summary>
    public required bool IsEncrypted { get; init; }

    /// <summary>Why the broker is not reached; null while it is.</summary>
    public UplinkFault? Fault { get; init; }

    /// <summary>The certificates that are configured; none: those of the system count.</summary>
    public IReadOnlyList<CertificateFact> Certificates { get; init; } = [];

    /// <summary>The interfaces that are up.</summary>
    public IReadOnlyList<NetworkLink> Links { get; init; } = [];
}
