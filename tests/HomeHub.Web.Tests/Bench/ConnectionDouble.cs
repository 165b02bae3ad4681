using System.Net;
using HomeHub.Core.Network;

namespace HomeHub.Web.Tests.Bench;

/// <summary>Tells what a test says.</summary>
internal sealed class ConnectionDouble : IConnectionFacts
{
    public ConnectionFacts Now { get; set; } = new()
    {
        Broker = "broker.example:8883", IsEncrypted = true, Links = [new NetworkLink("eth0", LinkKind.Cable, [IPAddress.Parse("192.168.1.20")])],
        Certificates = [new CertificateFact(CertificateUse.Own, PagesBench.Start.AddDays(-100), PagesBench.Start.AddDays(900))],
    };

    public ConnectionFacts Read() => Now;
}
