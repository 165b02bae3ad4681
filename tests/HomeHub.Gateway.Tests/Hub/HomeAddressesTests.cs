using System.Net;
using HomeHub.Gateway.Hub;

namespace HomeHub.Gateway.Tests.Hub;

public sealed class HomeAddressesTests
{
    [Theory]
    [InlineData("192.168.1.20", "0.0.0.0", true)]
    [InlineData("192.168.1.20", "192.168.1.20", true)]
    [InlineData("192.168.1.20", "192.168.1.21", false)]
    [InlineData("192.168.1.20", "::", true)]
    [InlineData("2001:db8::1", "0.0.0.0", false)]
    [InlineData("2001:db8::1", "::", true)]
    [InlineData("fe80::1", "::", false)]
    [InlineData("127.0.0.1", "0.0.0.0", false)]
    public void Only_addresses_at_which_the_pages_are_served_are_told(string address, string listen, bool isTold) =>
        Assert.Equal(isTold, HomeAddresses.IsServed(IPAddress.Parse(address), IPAddress.Parse(listen)));

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("0.0.0.0", true)]
    [InlineData("192.168.1.20", true)]
    public void Pages_that_only_this_machine_sees_are_not_told(string listen, bool isTold) => Assert.Equal(isTold, HomeAddresses.AreReachable(IPAddress.Parse(listen)));

    [Fact]
    public void Addresses_of_this_machine_have_the_number_of_their_interface() => Assert.All(HomeAddresses.Read(IPAddress.Any), found =>
    {
        Assert.True(found.Interface > 0);
        Assert.False(IPAddress.IsLoopback(found.Address));
    });
}
