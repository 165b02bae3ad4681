using HomeHub.BlueZ.Bonds;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Testing;
using HomeHub.Testing.BlueZ;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.BlueZ.Tests;

/// <summary>A bus, the stand-in on it, and the hub's side.</summary>
internal sealed class BlueZFixture : IAsyncDisposable
{
    /// <summary>What the port asks for: ready again within ten seconds.</summary>
    public static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(10);

    private BlueZFixture(PrivateBus bus, BlueZStandIn standIn, BlueZCentral central, ScriptedKernel kernel) =>
        (Bus, StandIn, Central, Kernel) = (bus, standIn, central, kernel);

    public PrivateBus Bus { get; }

    public BlueZStandIn StandIn { get; }

    public BlueZCentral Central { get; }

    public ScriptedKernel Kernel { get; }

    /// <summary>A blood pressure monitor; measurement 2A35 (indicate), feature 2A49 (read), time 2A08 (read, write).</summary>
    public StandInDevice Monitor { get; init; } = NewMonitor();

    public static StandInDevice NewMonitor(string address = "C0:FF:EE:00:00:01") => new(
        address,
        "Cuff",
        new StandInCharacteristic(0x1810, 0x2A35, 0x0011, "indicate"),
        new StandInCharacteristic(0x1810, 0x2A49, 0x0014, "read") { Value = [0x01, 0x00] },
        new StandInCharacteristic(0x1810, 0x2A08, 0x0016, "read", "write", "notify") { Value = [1, 2, 3, 4, 5, 6, 7] })
    {
        Services = ["00001810-0000-1000-8000-00805f9b34fb"],
    };

    public static async Task<BlueZFixture> StartAsync(
        BlueZOptions? options = null, bool withAdapter = true, bool hearsKernel = false, StandInDevice? monitor = null, Action<BlueZStandIn>? before = null,
        bool waitReady = true)
    {
        PrivateBus bus = await PrivateBus.StartAsync();
        BlueZStandIn standIn = await BlueZStandIn.StartAsync(bus.Address, withAdapter);
        before?.Invoke(standIn);
        var kernel = new ScriptedKernel(hearsKernel);
        var central = new BlueZCentral((options ?? new BlueZOptions()) with { BusAddress = bus.Address }, TimeProvider.System, NullLogger.Instance, kernel);
        var fixture = new BlueZFixture(bus, standIn, central, kernel) { Monitor = monitor ?? NewMonitor() };
        if (waitReady)
        {
            await fixture.WaitReadyAsync();
        }

        return fixture;
    }

    public Task WaitReadyAsync() => Central.WaitReadyAsync(CancellationToken.None).WaitAsync(RecoveryLimit);

    /// <summary>Waits for a condition of the radio.</summary>
    public async Task<CentralState> WaitForAsync(CentralCondition condition)
    {
        var found = new TaskCompletionSource<CentralState>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(CentralState state)
        {
            if (state.Condition == condition)
            {
                found.TrySetResult(state);
            }
        }

        Central.StateChanged += Look;
        Look(Central.State);
        try
        {
            return await found.Task.WaitAsync(RecoveryLimit);
        }
        finally
        {
            Central.StateChanged -= Look;
        }
    }

    /// <summary>Waits until something is so, with the recovery limit.</summary>
    public static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(RecoveryLimit);
        while (!isSo())
        {
            await Task.Delay(10, limit.Token);
        }
    }

    public async Task<IPeripheral> ConnectAsync(TimeSpan? limit = null)
    {
        await StandIn.AdvertiseAsync(Monitor);
        await UntilAsync(() => Central.State.IsReady);
        return await Central.ConnectAsync(Monitor.Address, AddressType.Public, limit ?? RecoveryLimit, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await Central.DisposeAsync();
        await StandIn.DisposeAsync();
        await Bus.DisposeAsync();
    }
}
