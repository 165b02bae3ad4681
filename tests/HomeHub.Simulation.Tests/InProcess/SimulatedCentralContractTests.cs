using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Simulation.Devices;
using HomeHub.Simulation.InProcess;
using HomeHub.Testing.Peripherals;

namespace HomeHub.Simulation.Tests.InProcess;

public sealed class SimulatedCentralContractTests : PeripheralContract
{
    protected override async Task<CentralBench> CreateBenchAsync(DeviceFile file)
    {
        var bench = new SimulatedBench(file);
        await bench.StartAsync();
        return bench;
    }

    private sealed class SimulatedBench : CentralBench
    {
        private readonly SimulatedCentral _central = new(TimeProvider.System, new SimulatedCentralOptions { GattLimit = TimeSpan.FromSeconds(2) });
        private readonly CarriedDevice _device;

        public SimulatedBench(DeviceFile file)
        {
            _device = _central.Add(file, "C0:FF:EE:00:00:01", AddressType.Random);
            _device.PasskeyShown += Show;
        }

        public override ICentral Central => _central;

        public override string Address => _device.Address;

        public override AddressType AddressType => _device.AddressType;

        public override DeviceModel Device => _device.Model;

        public Task StartAsync() => _device.AdvertiseAsync(true, CancellationToken.None);

        public override ValueTask DisposeAsync() => _central.DisposeAsync();
    }
}
