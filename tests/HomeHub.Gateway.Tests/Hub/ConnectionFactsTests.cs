using HomeHub.Core.Delivery;
using HomeHub.Core.Network;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;
using HomeHub.Testing;

namespace HomeHub.Gateway.Tests.Hub;

public sealed class ConnectionFactsTests : IDisposable
{
    private static readonly NetworkLink Link = new("eth0", LinkKind.Cable, [System.Net.IPAddress.Parse("192.168.1.20")]);

    private readonly TestCertificates _certificates = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-links-").FullName;

    [Fact]
    public void Certificates_are_told_with_their_dates_and_read_anew_each_time()
    {
        string own = Path.Combine(_folder, "own.pem");
        File.WriteAllText(own, "no certificate\n");
        var reader = new ConnectionFactsReader(
            new BrokerConfiguration { Url = "mqtts://broker.example:8883", CaFile = _certificates.CaFile, CertificateFile = own }, () => UplinkFault.Refused, () => [Link]);
        ConnectionFacts facts = reader.Read();
        Assert.Equal(("broker.example:8883", true, UplinkFault.Refused), (facts.Broker, facts.IsEncrypted, facts.Fault));
        Assert.Same(Link, Assert.Single(facts.Links));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        Assert.Equal(
            [(CertificateUse.Authority, CertificateCondition.EndsSoon), (CertificateUse.Own, CertificateCondition.Unreadable)],
            facts.Certificates.Select(certificate => (certificate.Use, certificate.At(now))));
        File.Copy(_certificates.ClientCertificateFile, own, overwrite: true);
        Assert.InRange(reader.Read().Certificates[1].NotAfter!.Value, now.AddDays(27), now.AddDays(29));
        File.Delete(own);
        Assert.Null(reader.Read().Certificates[1].NotAfter);
    }

    [Fact]
    public void Of_several_in_a_file_the_first_that_ends_counts()
    {
        string both = Path.Combine(_folder, "both.pem");
        File.WriteAllText(both, File.ReadAllText(_certificates.CaFile) + File.ReadAllText(_certificates.ClientCertificateFile));
        CertificateFact[] facts = [.. new[] { both, _certificates.ClientCertificateFile }
            .Select(file => new ConnectionFactsReader(new BrokerConfiguration { Url = "mqtts://b:1", CaFile = file }, () => null, () => []).Read().Certificates[0])];
        Assert.Equal(facts[1].NotAfter, facts[0].NotAfter);
    }

    [Fact]
    public void Without_files_there_are_none_to_tell_of()
    {
        ConnectionFacts facts = new ConnectionFactsReader(new BrokerConfiguration { Url = "mqtt://127.0.0.1:1883" }, () => null, () => []).Read();
        Assert.Equal(("127.0.0.1:1883", false, null, 0), (facts.Broker, facts.IsEncrypted, facts.Fault, facts.Certificates.Count));
    }

    [Theory]
    [InlineData("eth0", "device", LinkKind.Cable)]
    [InlineData("wlan0", "device wireless", LinkKind.Wireless)]
    [InlineData("wlp2s0", "device phy80211", LinkKind.Wireless)]
    [InlineData("wwan0", "device", LinkKind.Mobile)]
    [InlineData("ppp0", "", LinkKind.Mobile)]
    [InlineData("docker0", "", LinkKind.Other)]
    public void What_an_interface_is_the_kernel_tells(string name, string folders, LinkKind kind)
    {
        Directory.CreateDirectory(Path.Combine(_folder, name));
        foreach (string folder in folders.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Directory.CreateDirectory(Path.Combine(_folder, name, folder));
        }

        Assert.Equal(kind, SystemLinks.KindOf(name, _folder));
    }

    [Fact]
    public void The_links_of_this_machine_have_addresses_and_loopback_is_none_of_them() =>
        Assert.All(SystemLinks.Read(), link => Assert.True(link.Addresses.Count > 0 && link.Name != "lo" && !link.Addresses.Any(System.Net.IPAddress.IsLoopback)));

    public void Dispose()
    {
        _certificates.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
