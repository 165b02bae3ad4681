using System.Collections.Concurrent;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Delivery;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Core.Telemetry;
using HomeHub.Core.Time;
using HomeHub.Testing;
using HomeHub.Testing.BlueZ;
using HomeHub.Testing.Buffering;
using HomeHub.Testing.Consent;
using HomeHub.Testing.Peripherals;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.BlueZ.Tests.Sessions;

/// <summary>A hub in its home, from the radio to the buffer: only BlueZ's side, the registry and the disk are doubles. All its waits are short.</summary>
internal sealed class HomeFixture : IAsyncDisposable
{
    public static readonly SessionLimits QuickLimits = new()
    {
        OperationBackoff = TimeSpan.FromMilliseconds(5),
        FirstValue = TimeSpan.FromSeconds(1),
        Idle = TimeSpan.FromMilliseconds(200),
        Commit = TimeSpan.FromSeconds(5),
    };

    public static readonly ReconnectLimits QuickReconnect = new()
    {
        AfterSuccess = TimeSpan.FromMilliseconds(100),
        AfterFailure = TimeSpan.FromMilliseconds(50),
        Longest = TimeSpan.FromMilliseconds(200),
        InTrouble = TimeSpan.FromHours(1),
    };

    /// <summary>For devices that hang: what is waited out is short, which a busy machine may take for a hang.</summary>
    public static readonly PeripheralSourceOptions QuickToGiveUp = new()
    {
        Limits = QuickLimits with { Connect = TimeSpan.FromSeconds(1), Operation = TimeSpan.FromMilliseconds(300) }, Reconnect = QuickReconnect,
    };

    private readonly CancellationTokenSource _stop = new();
    private readonly BlueZFixture _home;

    private HomeFixture(BlueZFixture home, PeripheralSourceOptions options, IReadingBuffer? buffer)
    {
        _home = home;
        var source = new PeripheralSource(home.Central, Registry, options, TimeProvider.System, Metrics, new LogDouble(Log));
        var pipeline = new IngestPipeline(
            buffer ?? Buffer, SampleConsents.Rules(), HubZone.OfReception, TimeProvider.System, Metrics, NullLogger<IngestPipeline>.Instance);
        Running = Task.Run(() => pipeline.RunAsync(source, _stop.Token));
    }

    public BlueZFixture Radio => _home;

    public BlueZStandIn StandIn => _home.StandIn;

    public InMemoryDeviceRegistry Registry { get; } = new();

    public InMemoryReadingBuffer Buffer { get; } = new();

    public HubMetrics Metrics { get; } = new();

    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>The hub's taking of values; ends only when it is stopped or fails.</summary>
    public Task Running { get; }

    /// <summary>Readings in the buffer; the same one twice is one.</summary>
    public int Stored => (int)Buffer.CountBuffered(Recipient.CareTeam);

    /// <summary>Connections that have ended.</summary>
    public int Sessions => Log.Count(line => line.Contains(" values; ", StringComparison.Ordinal));

    /// <summary>Starts it.</summary>
    /// <param name="options">Limits of the connections; null: short ones.</param>
    /// <param name="hearsKernel">Whether the kernel's word on advertisements is heard too.</param>
    /// <param name="buffer">Where readings go, instead of <see cref="Buffer"/>.</param>
    public static async Task<HomeFixture> StartAsync(PeripheralSourceOptions? options = null, bool hearsKernel = true, IReadingBuffer? buffer = null)
    {
        BlueZFixture home = await BlueZFixture.StartAsync(new BlueZOptions { LetGoLimit = TimeSpan.FromMilliseconds(300) }, hearsKernel: hearsKernel);
        return new HomeFixture(home, options ?? new PeripheralSourceOptions { Limits = QuickLimits, Reconnect = QuickReconnect }, buffer);
    }

    /// <summary>Notes a device as set up; with a bond where BlueZ holds one.</summary>
    public Task SetUpAsync(StandInDevice device) => Registry.SaveAsync(
        new RegisteredDevice
        {
            Address = device.Address,
            Patient = SampleReadings.Patient,
            PairedAt = SampleReadings.Start.AddYears(-1),
            Bond = device.IsPaired ? BondSecurity.SecureConnections : null,
        },
        default);

    /// <summary>Has devices advertise, as long as they are not connected, until something is so.</summary>
    public async Task AdvertiseUntilAsync(Func<bool> isSo, string what, params StandInDevice[] devices)
    {
        DateTimeOffset end = TimeProvider.System.GetUtcNow() + Eventually.Deadline;
        while (!isSo())
        {
            Assert.True(TimeProvider.System.GetUtcNow() < end, $"Did not come about in {Eventually.Deadline}: {what}\n{string.Join('\n', Log)}\n{string.Join(' ', StandIn.Calls)}");
            Assert.False(Running.IsCompleted, $"The hub has ended: {Running.Exception}");
            foreach (StandInDevice device in devices.Where(device => !device.IsConnected))
            {
                await StandIn.AdvertiseAsync(device);
            }

            await Task.Delay(10);
        }
    }

    /// <summary>Has devices advertise until so many more connections have ended.</summary>
    public Task RunSessionsAsync(int count, params StandInDevice[] devices)
    {
        int before = Sessions;
        return AdvertiseUntilAsync(() => Sessions >= before + count, $"{count} more connections", devices);
    }

    public async Task<RegisteredDevice> FindAsync(StandInDevice device) => (await Registry.FindAsync(device.Address, default))!;

    public Task StopAsync() => _stop.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _home.DisposeAsync();
        Metrics.Dispose();
        _stop.Dispose();
    }

    private sealed class LogDouble(ConcurrentQueue<string> lines) : ILogger<PeripheralSource>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");
    }
}
