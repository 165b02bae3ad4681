using HomeHub.Core.Buffering;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Testing;
using HomeHub.Testing.Peripherals;
using HomeHub.Testing.Time;

namespace HomeHub.Core.Tests.Sessions;

public sealed class CurrentUsersTests
{
    private const string Address = "C0:FF:EE:00:00:01";

    [Fact]
    public async Task Who_uses_a_device_is_asked_again_while_it_is_connected()
    {
        var time = new ManualTime(SampleReadings.Start);
        await using var registry = new InMemoryDeviceRegistry();
        var device = new RegisteredDevice { Address = Address, Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start };
        await registry.SaveAsync(device, default);
        var users = new CurrentUsers(device, registry, time);
        await registry.UnassignAsync(Address, null, default);
        Assert.Equal(SampleReadings.Patient, (await users.GetAsync(default)).Owner);
        time.Advance(PeripheralSource.RegistryAge);
        Assert.Null((await users.GetAsync(default)).Owner);

        await registry.AssignAsync(Address, null, SampleReadings.OtherPatient, SampleReadings.Start, default);
        time.Advance(PeripheralSource.RegistryAge);
        registry.Fault = new BufferException(BufferFault.Damaged, "gone");
        Assert.Null((await users.GetAsync(default)).Owner);
        registry.Fault = null;
        Assert.Equal(SampleReadings.OtherPatient, (await users.GetAsync(default)).Owner);
        await registry.RemoveAsync(Address, default);
        time.Advance(PeripheralSource.RegistryAge);
        Assert.Null((await users.GetAsync(default)).Owner);
    }
}
