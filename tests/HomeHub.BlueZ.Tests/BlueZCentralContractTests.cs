using HomeHub.BlueZ.Bonds;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Simulation.Devices;
using HomeHub.Testing.BlueZ;
using HomeHub.Testing.Peripherals;

namespace HomeHub.BlueZ.Tests;

/// <summary>BlueZ's adapter over the stand-in on a real bus; the lab runs the same facts over BlueZ itself.</summary>
public sealed class BlueZCentralContractTests : PeripheralContract
{
    protected override async Task<CentralBench> CreateBenchAsync(DeviceFile file)
    {
        BlueZFixture home = await BlueZFixture.StartAsync(new BlueZOptions { GattLimit = TimeSpan.FromSeconds(2) }, hearsKernel: true);
        home.StandIn.EncryptionFailed += device => home.Kernel.Tell(new KernelEvent(0, device.Address, true, null));
        var bench = new StandInBench(home, new StandInDeviceHost(home.StandIn, file, "C0:FF:EE:00:00:01", AddressType.Random));
        await bench.Host.AdvertiseAsync(true, CancellationToken.None);
        return bench;
    }

    private sealed class StandInBench : CentralBench
    {
        private readonly BlueZFixture _home;

        public StandInBench(BlueZFixture home, StandInDeviceHost host)
        {
            (_home, Host) = (home, host);
            host.PasskeyShown += Show;
        }

        public StandInDeviceHost Host { get; }

        public override ICentral Central => _home.Central;

        public override string Address => Host.Device.Address;

        public override AddressType AddressType => AddressType.Random;

        public override DeviceModel Device => Host.Model;

        public override async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            await _home.DisposeAsync();
        }
    }
}
