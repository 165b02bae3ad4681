using HomeHub.Core.Peripherals;
using HomeHub.Profiles;
using HomeHub.Testing;

namespace HomeHub.Core.Tests.Peripherals;

public sealed class ScanFilterTests
{
    private static readonly BluetoothUuid Heart = BluetoothUuid.Of(0x180D), Weight = BluetoothUuid.Of(0x181D);

    private static readonly Advertisement Strap = new()
    {
        Address = "C0:FF:EE:00:00:01", Name = "Polar H10 1", Services = [Heart], ServiceData = new Dictionary<BluetoothUuid, byte[]> { [Weight] = [1] },
        ReceivedAt = SampleReadings.Start,
    };

    [Fact]
    public void An_empty_filter_fits_all() => Assert.True(ScanFilter.Any.Fits(Strap));

    [Fact]
    public void A_peripheral_fits_by_service_by_service_data_by_name_or_by_address()
    {
        Assert.True(new ScanFilter { Services = [Heart] }.Fits(Strap));
        Assert.True(new ScanFilter { Services = [Weight] }.Fits(Strap));
        Assert.True(new ScanFilter { NamePrefixes = ["Polar "] }.Fits(Strap));
        Assert.True(new ScanFilter { Addresses = ["C0:FF:EE:00:00:01"], Services = [BluetoothUuid.Of(0x1808)] }.Fits(Strap));
    }

    [Fact]
    public void Others_do_not()
    {
        Assert.False(new ScanFilter { Services = [BluetoothUuid.Of(0x1808)], NamePrefixes = ["polar"], Addresses = ["C0:FF:EE:00:00:02"] }.Fits(Strap));
        Assert.False(new ScanFilter { NamePrefixes = ["P"] }.Fits(Strap with { Name = null }));
    }
}
