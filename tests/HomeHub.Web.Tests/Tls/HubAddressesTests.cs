using System.Net;
using HomeHub.Web.Tls;

namespace HomeHub.Web.Tests.Tls;

public sealed class HubAddressesTests
{
    private static readonly IPAddress Wired = IPAddress.Parse("192.168.1.20"), Wireless = IPAddress.Parse("192.168.1.7"), Local = IPAddress.Parse("fd12:3456:789a::20");

    [Fact]
    public void What_is_named_does_not_change_with_the_order_of_interfaces_nor_with_the_addresses_of_the_day()
    {
        IPAddress[] expected = [IPAddress.Loopback, IPAddress.IPv6Loopback, Wired, Wireless, Local];
        Assert.Equal(expected, HubAddresses.Choose([Wired, Wireless, Local]));
        Assert.Equal(expected, HubAddresses.Choose(
        [
            Local, IPAddress.Parse("2001:db8:1::aaaa"), Wireless, IPAddress.IPv6Loopback, IPAddress.Parse("fe80::1"), Wired, IPAddress.Parse("2001:db8:1::bbbb"), Wired, IPAddress.Loopback,
        ]));
    }

    [Fact]
    public void Of_very_many_the_first_are_named_and_loopback_always()
    {
        IReadOnlyList<IPAddress> chosen = HubAddresses.Choose(Enumerable.Range(1, 60).Select(i => IPAddress.Parse($"10.0.0.{i}")));
        Assert.Equal(HubAddresses.MaxAddresses, chosen.Count);
        Assert.Equal([IPAddress.Loopback, IPAddress.IPv6Loopback], chosen.Take(2));
    }

    [Fact]
    public void This_machine_tells_the_same_twice() => Assert.Equal(HubAddresses.Read(), HubAddresses.Read());
}
