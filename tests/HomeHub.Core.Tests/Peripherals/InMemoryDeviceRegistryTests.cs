using HomeHub.Core.Peripherals;
using HomeHub.Testing.Peripherals;

namespace HomeHub.Core.Tests.Peripherals;

/// <summary>The double keeps the contract, so tests above the port may trust it.</summary>
public sealed class InMemoryDeviceRegistryTests : DeviceRegistryContract
{
    protected override Task<IDeviceRegistry> OpenAsync() => Task.FromResult<IDeviceRegistry>(new InMemoryDeviceRegistry());

    protected override Task<IDeviceRegistry> OpenBesideAsync(IDeviceRegistry registry) =>
        Task.FromResult<IDeviceRegistry>(new InMemoryDeviceRegistry((InMemoryDeviceRegistry)registry));
}
