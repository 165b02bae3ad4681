using HomeHub.Core.Network;
using HomeHub.Network.NetworkManager;
using HomeHub.Testing;
using HomeHub.Testing.Network;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Network.Tests;

/// <summary>NetworkManager's adapter over the stand-in on a real bus.</summary>
public sealed class NmWifiContractTests : WifiContract
{
    protected override async Task<WifiBench> CreateBenchAsync()
    {
        PrivateBus bus = await PrivateBus.StartAsync();
        var manager = new NetworkManagerStandIn(bus.Address);
        await manager.StartAsync();
        await manager.AddPointAsync(WifiBench.Home, 42, 0x188, WifiBench.Passphrase);
        await manager.AddPointAsync(WifiBench.Home, 77, 0x188, WifiBench.Passphrase);
        await manager.AddPointAsync(WifiBench.Guests, 60, 0, null);
        return new StandInBench(bus, manager);
    }

    private sealed class StandInBench(PrivateBus bus, NetworkManagerStandIn manager) : WifiBench
    {
        public override IWifi Wifi { get; } = new NmWifi(new NmWifiOptions { BusAddress = bus.Address }, TimeProvider.System, NullLogger<NmWifi>.Instance);

        public override int Kept => manager.Profiles.Count(profile => profile.ContainsKey("802-11-wireless-security"));

        public override void GiveAddresses(bool gives) => manager.FailsBy = gives ? null : 17;

        public override void Switch(bool isOn) => manager.IsOn = isOn;

        public override async ValueTask DisposeAsync()
        {
            await Wifi.DisposeAsync();
            await manager.DisposeAsync();
            await bus.DisposeAsync();
        }
    }
}
