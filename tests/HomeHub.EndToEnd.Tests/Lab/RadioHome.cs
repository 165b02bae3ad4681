using HomeHub.Core.Peripherals;
using HomeHub.Sqlite;
using HomeHub.Testing;
using HomeHub.Testing.BlueZ;
using HomeHub.Testing.Programs;

namespace HomeHub.EndToEnd.Tests.Lab;

/// <summary>A laboratory whose hub has a radio: a stand-in for BlueZ on a message bus of its own.</summary>
public sealed class RadioHome : IAsyncDisposable
{
    private readonly BlueZStandIn _bluez;

    private RadioHome(Laboratory lab, PrivateBus bus, BlueZStandIn bluez) => (Lab, Bus, _bluez) = (lab, bus, bluez);

    public Laboratory Lab { get; }

    public PrivateBus Bus { get; }

    /// <summary>What was asked of the radio's devices and adapter, in order.</summary>
    public IReadOnlyCollection<string> Calls => _bluez.Calls;

    public static async Task<RadioHome> OpenAsync(bool withRelay = true)
    {
        PrivateBus bus = await PrivateBus.StartAsync();
        BlueZStandIn bluez = await BlueZStandIn.StartAsync(bus.Address);
        return new RadioHome(await Laboratory.OpenAsync(withRelay), bus, bluez);
    }

    /// <summary>The hub's device, of a patient since nine days.</summary>
    public async Task RegisterAsync(string address)
    {
        Directory.CreateDirectory(Lab.HubFolder);
        await using SqliteDeviceRegistry registry = await SqliteDeviceRegistry.OpenAsync(Lab.HubFolder, default);
        await registry.SaveAsync(new RegisteredDevice { Address = address, Patient = SampleReadings.Patient, PairedAt = TimeProvider.System.GetUtcNow().AddDays(-9) }, default);
    }

    /// <summary>Advertises a device once.</summary>
    public Task AdvertiseAsync(StandInDevice device) => _bluez.AdvertiseAsync(device);

    /// <summary>Advertises a device until the hub has logged something.</summary>
    public Task AdvertiseUntilAsync(StandInDevice device, Executable hub, string said) => Eventually.HoldsAsync(
        async () =>
        {
            await AdvertiseAsync(device);
            Assert.False(hub.HasExited, hub.Error);
            return hub.Error.Contains(said, StringComparison.Ordinal);
        },
        () => hub.Error,
        Eventually.Deadline,
        TimeSpan.FromMilliseconds(50));

    public async ValueTask DisposeAsync()
    {
        await Lab.DisposeAsync();
        await _bluez.DisposeAsync();
        await Bus.DisposeAsync();
    }
}
