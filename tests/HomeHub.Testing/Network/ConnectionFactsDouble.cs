using System.Net;
using HomeHub.Core.Network;

namespace HomeHub.Testing.Network;

/// <summary>A double of <see cref="IConnectionFacts"/>: tells what a test says; at first a way that works.</summary>
/// <param name="now">When its certificate is to be good.</param>
public sealed class ConnectionFactsDouble(DateTimeOffset now) : IConnectionFacts
{
    /// <summary>What it tells.</summary>
    public ConnectionFacts Now { get; set; } = new()
    {
        Broker = "broker.example:8883", IsEncrypted = true, Links = [new NetworkLink("eth0", LinkKind.Cable, [IPAddress.Parse("192.168.1.20")])],
        Certificates = [new CertificateFact(CertificateUse.Own, now.AddDays(-100), now.AddDays(900))],
    };

    /// <inheritdoc/>
    public ConnectionFacts Read() => Now;
}
