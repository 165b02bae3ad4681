using HomeHub.Core.Network;
using HomeHub.DBus;
using HomeHub.Network.NetworkManager;
using HomeHub.Testing;
using HomeHub.Testing.Network;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Network.Tests;

/// <summary>NetworkManager's adapter over the stand-in on a real bus: the contract, and what is asked of NetworkManager.</summary>
public sealed class NmOwnNetworkTests : OwnNetworkContract
{
    [Fact]
    public async Task It_is_an_access_point_with_a_key_that_is_kept_nowhere_and_ends_with_the_hub()
    {
        await using Bench bench = await Bench.StartAsync();
        await bench.Port.OpenAsync(OwnNetworkBench.Network, default);
        (Dictionary<string, object> settings, Dictionary<string, object> options) = bench.Manager.Own!.Value;
        Assert.Equal(("volatile", "dbus-client"), (options["persist"], options["bind-activation"]));
        var wireless = (Dictionary<string, object>)settings["802-11-wireless"];
        Assert.Equal(("ap", "bg", 6u, "HomeHub-AB12"), (wireless["mode"], wireless["band"], wireless["channel"], System.Text.Encoding.ASCII.GetString((byte[])wireless["ssid"])));
        var security = (Dictionary<string, object>)settings["802-11-wireless-security"];
        Assert.Equal(("wpa-psk", OwnNetworkBench.Network.Key, "rsn", "ccmp"), (security["key-mgmt"], security["psk"], ((string[])security["proto"])[0], ((string[])security["pairwise"])[0]));
        var ipv4 = (Dictionary<string, object>)settings["ipv4"];
        Assert.Equal("shared", ipv4["method"]);
        var address = (Dictionary<string, object>)((object[])ipv4["address-data"])[0];
        Assert.Equal(("10.42.0.1", 24u), (address["address"], address["prefix"]));
        Assert.Equal(false, ((Dictionary<string, object>)settings["connection"])["autoconnect"]);
        Assert.Empty(bench.Manager.Profiles);
    }

    [Fact]
    public async Task Without_the_service_or_the_radio_it_says_so()
    {
        await using Bench bench = await Bench.StartAsync();
        bench.Manager.IsOn = false;
        OwnNetworkSight off = await bench.Port.ReadAsync(default);
        Assert.Equal((OwnNetworkCondition.SwitchedOff, true), (off.Condition, off.IsPossible));
        Assert.False(await bench.Port.OpenAsync(OwnNetworkBench.Network, default));
        bench.Manager.HasRadio = false;
        Assert.Equal(OwnNetworkCondition.NoRadio, (await bench.Port.ReadAsync(default)).Condition);
        await bench.Manager.DisposeAsync();
        Assert.Equal(new OwnNetworkSight(OwnNetworkCondition.NoService), await bench.Port.ReadAsync(default));
        Assert.False(await bench.Port.OpenAsync(OwnNetworkBench.Network, default));
        await bench.Port.CloseAsync(default);
    }

    [Fact]
    public async Task What_is_refused_or_never_ends_is_not_open()
    {
        await using Bench bench = await Bench.StartAsync();
        bench.Manager.Refuses = new DBusException("org.freedesktop.NetworkManager.PermissionDenied", "no");
        Assert.False(await bench.Port.OpenAsync(OwnNetworkBench.Network, default));
        bench.Manager.Refuses = null;
        bench.Manager.IsMute = true;
        Assert.False(await bench.Port.OpenAsync(OwnNetworkBench.Network, default));
        Assert.Equal(OwnNetworkCondition.Closed, (await bench.Port.ReadAsync(default)).Condition);
    }

    [Fact]
    public async Task While_it_is_open_networks_are_those_heard_before_and_one_of_them_can_be_joined()
    {
        await using Bench bench = await Bench.StartAsync();
        await bench.Manager.AddPointAsync(WifiBench.Home, 70, 0x188, WifiBench.Passphrase);
        await using var wifi = new NmWifi(new NmWifiOptions { BusAddress = bench.Bus.Address }, TimeProvider.System, NullLogger<NmWifi>.Instance);
        WifiNetwork home = Assert.Single((await wifi.ReadAsync(default)).Networks);
        await bench.Port.OpenAsync(OwnNetworkBench.Network, default);
        Assert.Equal([home], (await wifi.ReadAsync(default)).Networks);
        await bench.Manager.FallSilentAsync();
        Assert.Equal([home], (await wifi.ReadAsync(default)).Networks);
        Assert.Equal(WifiJoin.Joined, await wifi.JoinAsync(home.Id, WifiBench.Passphrase, default));
        Assert.Null(bench.Manager.Own);
        Assert.Equal(OwnNetworkCondition.Closed, (await bench.Port.ReadAsync(default)).Condition);
    }

    protected override async Task<OwnNetworkBench> CreateBenchAsync() => await Bench.StartAsync();

    private sealed class Bench(PrivateBus bus, NetworkManagerStandIn manager) : OwnNetworkBench
    {
        public PrivateBus Bus => bus;

        public NetworkManagerStandIn Manager => manager;

        public override IOwnNetwork Port { get; } =
            new NmOwnNetwork(new NmWifiOptions { BusAddress = bus.Address, JoinLimit = TimeSpan.FromSeconds(2) }, TimeProvider.System, NullLogger<NmOwnNetwork>.Instance);

        public override string? Open => manager.Own is { Settings: var settings } ? (string)((Dictionary<string, object>)settings["connection"])["id"] : null;

        public static async Task<Bench> StartAsync()
        {
            PrivateBus bus = await PrivateBus.StartAsync();
            var manager = new NetworkManagerStandIn(bus.Address);
            await manager.StartAsync();
            return new Bench(bus, manager);
        }

        public override void BeAble(bool isAble) => manager.Capabilities = isAble ? 0x6Fu : 0x2Fu;

        public override void Fail() => manager.FailsBy = 18;

        public override async Task JoinAnotherAsync()
        {
            await manager.AddPointAsync(WifiBench.Guests, 60, 0, null);
            await using var wifi = new NmWifi(new NmWifiOptions { BusAddress = bus.Address }, TimeProvider.System, NullLogger<NmWifi>.Instance);
            WifiNetwork guests = Assert.Single((await wifi.ReadAsync(default)).Networks, network => network.Name == WifiBench.Guests);
            Assert.Equal(WifiJoin.Joined, await wifi.JoinAsync(guests.Id, null, default));
        }

        public override async ValueTask DisposeAsync()
        {
            await Port.DisposeAsync();
            await manager.DisposeAsync();
            await bus.DisposeAsync();
        }
    }
}
