using HomeHub.BlueZ;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.DBus;
using HomeHub.Simulation.Bluetooth;
using HomeHub.Simulation.Devices;
using HomeHub.Testing.Peripherals;

namespace HomeHub.Lab;

/// <summary>The hub's adapter on the first controller, a simulated device as a real peripheral on the second, both in this process.</summary>
internal sealed class RealBench : CentralBench
{
    private readonly BlueZCentral _central;
    private readonly DBusConnection _bus;
    private readonly GattServerHost _host;
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    private RealBench(BlueZCentral central, DBusConnection bus, DeviceFile file)
    {
        (_central, _bus) = (central, bus);
        _host = new GattServerHost(bus, "hci1", TimeProvider.System);
        Device = new DeviceModel(file, 1, _host, TimeProvider.System);
    }

    /// <inheritdoc/>
    public override ICentral Central => _central;

    /// <inheritdoc/>
    public override string Address => BluetoothStack.AddressOf(1);

    /// <inheritdoc/>
    public override AddressType AddressType => AddressType.Public;

    /// <inheritdoc/>
    public override DeviceModel Device { get; }

    /// <summary>Starts both sides, without bonds of before, and without what is remembered of the services of another device at this address. The device's agent is the default one: it answers, the hub asks.</summary>
    public static async Task<CentralBench> OpenAsync(DeviceFile file)
    {
        var central = new BlueZCentral(new BlueZOptions { Adapter = "hci0", IsDefaultAgent = false }, TimeProvider.System);
        await central.WaitReadyAsync(CancellationToken.None).WaitAsync(Laboratory.Patience);
        await central.ForgetAsync(BluetoothStack.AddressOf(1), CancellationToken.None);

        var bench = new RealBench(central, await BluetoothStack.OpenBusAsync(), file);
        var agent = new SimulatedAgent(file.Security, bench.Show);
        await bench._host.StartAsync(bench.Device, agent, CancellationToken.None);
        await bench._host.ForgetBondsAsync(CancellationToken.None);
        await bench._host.AdvertiseAsync(true, CancellationToken.None);
        bench._running = Task.WhenAll(bench._host.KeepAsync(bench._stop.Token), bench.Device.RunAsync(bench._stop.Token));
        return bench;
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _host.DisposeAsync();
        Device.Dispose();
        await _central.DisposeAsync();
        await _bus.DisposeAsync();
        _stop.Dispose();
    }
}
