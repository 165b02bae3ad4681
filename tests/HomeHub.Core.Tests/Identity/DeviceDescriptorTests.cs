using HomeHub.Core.Identity;
using HomeHub.Profiles;

namespace HomeHub.Core.Tests.Identity;

public sealed class DeviceDescriptorTests
{
    [Theory]
    [InlineData("00:AA:01:00:00:00", AddressType.Public, true)]
    [InlineData("C0:FF:EE:00:00:01", AddressType.Random, true)]
    [InlineData("FF:FF:EE:00:00:01", AddressType.Random, true)]
    [InlineData("7F:FF:EE:00:00:01", AddressType.Random, false)]
    [InlineData("3F:FF:EE:00:00:01", AddressType.Random, false)]
    public void Only_a_public_or_static_random_address_identifies(string address, AddressType type, bool stable) =>
        Assert.Equal(stable, new DeviceDescriptor { Address = address, AddressType = type }.HasStableAddress);

    [Fact]
    public void The_system_id_goes_before_the_address()
    {
        var device = new DeviceDescriptor { Address = "C0:FF:EE:00:00:01" };
        Assert.Equal("C0FFEE000001", device.IdentityHex);
        Assert.Equal("CCBBAAFFFE112233", (device with { Information = new DeviceInformation { SystemId = "CCBBAAFFFE112233" } }).IdentityHex);
    }

    [Fact]
    public void Services_are_kept_in_order_and_once() =>
        Assert.Equal([0x1808, 0x1810], new DeviceDescriptor { Address = "" }.WithService(0x1810).WithService(0x1808).WithService(0x1810).Services);
}
