using HomeHub.Simulation.Devices;
using HomeHub.Testing.Peripherals;

namespace HomeHub.Lab.Scenarios;

/// <summary>The contract suite over real BlueZ; each fact gets a bench of its own on the scenario's stack.</summary>
public sealed class RealPeripheralContract : PeripheralContract
{
    /// <inheritdoc/>
    protected override Task<CentralBench> CreateBenchAsync(DeviceFile file) => RealBench.OpenAsync(file);
}
