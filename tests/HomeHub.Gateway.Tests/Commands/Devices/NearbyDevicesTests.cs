using System.Globalization;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Setup;
using HomeHub.Gateway.Commands.Devices;
using HomeHub.Profiles;
using HomeHub.Testing;
using HomeHub.Testing.Time;

namespace HomeHub.Gateway.Tests.Commands.Devices;

public sealed class NearbyDevicesTests
{
    private readonly ManualTime _time = new(SampleReadings.Start);

    private static readonly BluetoothUuid BloodPressure = BluetoothUuid.Of(0x1810), Battery = BluetoothUuid.Of(0x180F);

    [Fact]
    public void What_a_device_told_now_and_then_is_put_together()
    {
        var nearby = new NearbyDevices(_time);
        Assert.True(nearby.Take(Heard(1, -60) with { Services = [BloodPressure] }).IsNews);
        Assert.True(nearby.Take(Heard(1, -61) with { Name = "BP", Services = [Battery] }).IsNews);
        (Advertisement device, bool isNews) = nearby.Take(Heard(1, -70));
        Assert.False(isNews);
        Assert.Equal("BP", device.Name);
        Assert.Equal([BloodPressure, Battery], device.Services);
        Assert.Equal((short)-70, device.Rssi);
    }

    [Fact]
    public void The_nearest_comes_first()
    {
        var nearby = new NearbyDevices(_time);
        nearby.Take(Heard(1, -80));
        nearby.Take(Heard(2, -40));
        nearby.Take(Heard(3, null));
        Assert.Equal([Address(2), Address(1), Address(3)], nearby.ByDistance().Select(device => device.Address));
    }

    [Fact]
    public void A_crowd_does_not_fill_the_memory()
    {
        var nearby = new NearbyDevices(_time);
        for (int i = 0; i <= NearbyDevices.MaxDevices; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            nearby.Take(Heard(i, -50));
        }

        Assert.Equal(NearbyDevices.MaxDevices, nearby.ByDistance().Count);
        Assert.DoesNotContain(nearby.ByDistance(), device => device.Address == Address(0));
    }

    [Fact]
    public void A_device_is_silent_by_how_long_ago_it_was_heard_whatever_the_clock_was_set_to()
    {
        var nearby = new NearbyDevices(_time);
        Advertisement device = nearby.Take(Heard(1, -50)).Device;
        _time.Step(TimeSpan.FromDays(9));
        Assert.False(nearby.IsSilent(device));
        _time.Step(TimeSpan.FromDays(-900));
        _time.Advance(TimeSpan.FromSeconds(16));
        Assert.True(nearby.IsSilent(device));
    }

    [Fact]
    public void Services_have_names_and_those_that_are_health_services_are_looked_for()
    {
        Assert.Equal("Blood Pressure", NearbyDevices.NameOf(BloodPressure));
        Assert.Equal("FFF0", NearbyDevices.NameOf(BluetoothUuid.Of(0xFFF0)));
        Assert.Contains(BloodPressure, NearbyDevices.HealthServices.Services);
        Assert.DoesNotContain(Battery, NearbyDevices.HealthServices.Services);
    }

    [Theory]
    [InlineData(-45, "[green]▂▄▆█[/] -45 dBm")]
    [InlineData(-70, "[green]▂▄▆ [/] -70 dBm")]
    [InlineData(-80, "[yellow]▂▄  [/] -80 dBm")]
    [InlineData(-95, "[red]▂   [/] -95 dBm")]
    public void A_signal_is_bars_and_a_figure(int rssi, string shown) => Assert.Equal(shown, DeviceTable.Signal((short)rssi));

    [Fact]
    public void A_name_can_not_move_the_cursor() => Assert.Equal("[2JBP", DeviceTable.Printable("\u001b[2JBP\r\n"));

    private static Advertisement Heard(int number, short? rssi) => new() { Address = Address(number), Rssi = rssi, ReceivedAt = SampleReadings.Start };

    private static string Address(int number) => string.Create(CultureInfo.InvariantCulture, $"C0:FF:EE:00:{number / 256:X2}:{number % 256:X2}");
}
