using HomeHub.Core.Delivery;
using HomeHub.Core.Network;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;
using HomeHub.Testing;
using HomeHub.Testing.Network;

namespace HomeHub.Gateway.Tests.Hub;

public sealed class ConnectionFactsReaderContractTests : ConnectionFactsContract, IDisposable
{
    private readonly TestCertificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    protected override IConnectionFacts Create(UplinkFault? fault) => new ConnectionFactsReader(
        new BrokerConfiguration { Url = "mqtts://broker.example:8883", CertificateFile = _certificates.ClientCertificateFile, KeyFile = _certificates.ClientKeyFile }, () => fault, SystemLinks.Read);
}
