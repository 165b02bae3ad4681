using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Core.Setup;
using HomeHub.Core.Telemetry;
using HomeHub.Profiles.Catalogue;
using HomeHub.Simulation.Devices;
using HomeHub.Simulation.InProcess;
using HomeHub.Testing;
using HomeHub.Testing.Audit;
using HomeHub.Testing.Peripherals;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Core.Tests.Setup;

/// <summary>A hub that runs, with its source listening, and a desk for setting devices up on the same radio.</summary>
internal sealed class SetupBench : IAsyncDisposable
{
    public const string Address = "C0:FF:EE:00:00:01", Who = "nurse";

    private readonly CancellationTokenSource _ending = new();
    private readonly HubMetrics _metrics = new();
    private readonly Task _reading;
    private int _items;

    public SetupBench(DeviceFile device, bool advertises = true)
    {
        Device = Central.Add(device, Address, AddressType.Random);
        Desk = new SetupDesk(Central, Registry, Audit, DeviceCatalogue.Empty, TimeProvider.System, () => IsClockKnown, NullLogger<SetupDesk>.Instance);
        Nearby = new NearbyWatch(Central, DeviceCatalogue.Empty, TimeProvider.System);
        var source = new PeripheralSource(Central, Registry, new PeripheralSourceOptions(), TimeProvider.System, _metrics, NullLogger<PeripheralSource>.Instance);
        _reading = ReadAsync(source);
        if (advertises)
        {
            _ = Device.AdvertiseAsync(true, default);
        }
    }

    public SimulatedCentral Central { get; } = new(TimeProvider.System);

    public CarriedDevice Device { get; }

    public InMemoryDeviceRegistry Registry { get; } = new();

    public InMemoryAuditLog Audit { get; } = new();

    public SetupDesk Desk { get; }

    public NearbyWatch Nearby { get; }

    public bool IsClockKnown { get; set; } = true;

    /// <summary>How much the hub has taken from devices.</summary>
    public int Items => Volatile.Read(ref _items);

    public SetupState State => Desk.Find(Address)!;

    public Task ReachesAsync(SetupStage stage) => Eventually.HoldsAsync(() => State.Stage == stage, $"{stage}, not {State}");

    public async ValueTask DisposeAsync()
    {
        await Desk.DisposeAsync();
        await Nearby.DisposeAsync();
        await _ending.CancelAsync();
        await _reading;
        await Central.DisposeAsync();
        _metrics.Dispose();
        _ending.Dispose();
    }

    private async Task ReadAsync(PeripheralSource source)
    {
        try
        {
            await foreach (object _ in source.ReadAsync(_ending.Token))
            {
                Interlocked.Increment(ref _items);
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            // That is how the hub ends.
        }
    }
}
