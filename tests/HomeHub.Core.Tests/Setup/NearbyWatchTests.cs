using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Setup;
using HomeHub.Profiles;
using HomeHub.Profiles.Catalogue;
using HomeHub.Simulation.InProcess;
using HomeHub.Testing;
using HomeHub.Testing.Peripherals;
using HomeHub.Testing.Time;

namespace HomeHub.Core.Tests.Setup;

public sealed class NearbyWatchTests
{
    [Fact]
    public async Task What_is_near_is_listed_while_the_hub_listens_for_its_own_devices()
    {
        await using var bench = new SetupBench(BenchDevices.Cuff);
        await Eventually.HoldsAsync(() => bench.Nearby.Look().Count == 1, "the cuff is heard");
        NearbyDevice near = bench.Nearby.Look()[0];
        Assert.Equal((SetupBench.Address, DeviceCategory.BloodPressure, true), (near.Heard.Address, near.Kind, near.CanBeUsed));
        Assert.Null(near.Match);
    }

    [Fact]
    public async Task It_listens_no_longer_than_somebody_looks_and_forgets_what_fell_silent()
    {
        var time = new ManualTime(SampleReadings.Start);
        await using var central = new SimulatedCentral(time);
        await using var watch = new NearbyWatch(central, DeviceCatalogue.Empty, time);
        CarriedDevice cuff = central.Add(BenchDevices.Cuff, SetupBench.Address, AddressType.Random);
        await cuff.AdvertiseAsync(true, default);
        Assert.False(watch.IsListening);
        watch.Look();
        await Eventually.HoldsAsync(() => watch.Look().Count == 1, "the cuff is heard");
        await cuff.AdvertiseAsync(false, default);
        time.Advance(NearbyWatch.KeepsListening);
        await Eventually.HoldsAsync(() => !watch.IsListening, "it stops by itself");
        Assert.Single(watch.Look());
        time.Advance(NearbyWatch.ShowsFor);
        Assert.Empty(watch.Look());
    }

    [Theory]
    [InlineData(0x1810, DeviceCategory.BloodPressure)]
    [InlineData(0x1822, DeviceCategory.Oximeter)]
    [InlineData(0x1809, DeviceCategory.Thermometer)]
    [InlineData(0x181B, DeviceCategory.Scale)]
    [InlineData(0x1808, DeviceCategory.GlucoseMeter)]
    [InlineData(0x181F, DeviceCategory.Cgm)]
    [InlineData(0x180D, DeviceCategory.HeartRateStrap)]
    [InlineData(0x180F, null)]
    public void What_a_device_is_is_told_by_its_services_where_its_model_is_not_known(int service, DeviceCategory? kind) =>
        Assert.Equal(kind, NearbyDevice.KindOf(null, [BluetoothUuid.Of((ushort)service)]));

    [Fact]
    public void A_device_that_may_be_two_things_is_neither() =>
        Assert.Null(NearbyDevice.KindOf(null, [BluetoothUuid.Of(0x1810), BluetoothUuid.Of(0x1808)]));
}
