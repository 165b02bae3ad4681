using System.Net;
using HomeHub.Core.Delivery;
using HomeHub.Core.Network;
using Xunit;

namespace HomeHub.Testing.Network;

/// <summary>What everything does that tells of the way to the care team.</summary>
public abstract class ConnectionFactsContract
{
    /// <summary>A hub whose encrypted broker is <c>broker.example:8883</c>, with a certificate of its own that is good.</summary>
    /// <param name="fault">Why the broker is not reached.</param>
    protected abstract IConnectionFacts Create(UplinkFault? fault);

    [Theory]
    [InlineData(null)]
    [InlineData(UplinkFault.Unreachable)]
    public void It_tells_where_the_broker_is_and_why_it_is_not_reached(UplinkFault? fault)
    {
        ConnectionFacts facts = Create(fault).Read();
        Assert.Equal(("broker.example:8883", true, fault), (facts.Broker, facts.IsEncrypted, facts.Fault));
    }

    [Fact]
    public void A_certificate_has_its_dates()
    {
        CertificateFact own = Assert.Single(Create(null).Read().Certificates, certificate => certificate.Use == CertificateUse.Own);
        Assert.True(own.NotBefore < own.NotAfter);
    }

    [Fact]
    public void A_link_has_addresses_that_hold_beyond_it() => Assert.All(Create(null).Read().Links, link =>
    {
        Assert.NotEmpty(link.Addresses);
        Assert.DoesNotContain(link.Addresses, address => IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal);
    });
}
