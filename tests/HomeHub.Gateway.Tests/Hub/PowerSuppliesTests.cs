using HomeHub.Core.Overview;
using HomeHub.Gateway.Hub;

namespace HomeHub.Gateway.Tests.Hub;

/// <summary>What the machine runs on, from a tree of files as the kernel lays it out.</summary>
public sealed class PowerSuppliesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-power-").FullName;

    [Fact]
    public void A_board_without_a_battery_that_runs_is_plugged_in()
    {
        Assert.Equal(new HubPower(false), PowerSupplies.Read(_folder));
        Assert.Equal(new HubPower(false), PowerSupplies.Read(Path.Combine(_folder, "nothing")));
        Add("rpi-usb", ("type", "USB"), ("online", "1"));
        Assert.Equal(new HubPower(false), PowerSupplies.Read(_folder));
    }

    [Theory]
    [InlineData("1", "Charging", false)]
    [InlineData("1", "Discharging", false)]
    [InlineData("0", "Discharging", true)]
    [InlineData("0", "Full", true)]
    public void With_a_battery_the_mains_tell(string online, string status, bool isOnBattery)
    {
        Add("AC", ("type", "Mains"), ("online", online));
        Add("BAT0", ("type", "Battery"), ("status", status), ("capacity", "73"), ("present", "1"));
        Assert.Equal(new HubPower(isOnBattery, 73), PowerSupplies.Read(_folder));
    }

    [Theory]
    [InlineData("Discharging", true)]
    [InlineData("Charging", false)]
    [InlineData("Not charging", false)]
    [InlineData("Full", false)]
    public void A_battery_alone_tells_by_its_state(string status, bool isOnBattery)
    {
        Add("battery", ("type", "Battery"), ("status", status), ("capacity", "4"));
        Assert.Equal(new HubPower(isOnBattery, 4), PowerSupplies.Read(_folder));
    }

    [Fact]
    public void What_it_does_not_tell_is_not_known()
    {
        Add("ups-hat", ("type", "UPS"), ("status", "Unknown"));
        Assert.Null(PowerSupplies.Read(_folder));
        File.WriteAllText(Path.Combine(_folder, "ups-hat", "status"), "Discharging\n");
        File.WriteAllText(Path.Combine(_folder, "ups-hat", "capacity"), "many\n");
        Assert.Equal(new HubPower(true), PowerSupplies.Read(_folder));
    }

    [Fact]
    public void Batteries_of_other_things_and_those_that_are_not_there_do_not_count()
    {
        Add("hid-mouse", ("type", "Battery"), ("scope", "Device"), ("status", "Discharging"), ("capacity", "12"));
        Add("BAT1", ("type", "Battery"), ("present", "0"), ("status", "Unknown"));
        Assert.Equal(new HubPower(false), PowerSupplies.Read(_folder));
        Add("BAT0", ("type", "Battery"), ("scope", "System"), ("status", "Discharging"), ("capacity", "60"));
        Add("BAT2", ("type", "Battery"), ("status", "Discharging"), ("capacity", "20"));
        Assert.Equal(new HubPower(true, 20), PowerSupplies.Read(_folder));
    }

    [Fact]
    public void This_machine_is_read_without_an_error() => Assert.True(PowerSupplies.Read() is null or { BatteryPercent: null or (>= 0 and <= 100) });

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Add(string name, params (string Attribute, string Value)[] attributes)
    {
        Directory.CreateDirectory(Path.Combine(_folder, name));
        foreach ((string attribute, string value) in attributes)
        {
            File.WriteAllText(Path.Combine(_folder, name, attribute), value + "\n");
        }
    }
}
