using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Core.Telemetry;
using HomeHub.Sqlite;
using HomeHub.Testing;
using HomeHub.Testing.BlueZ;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace HomeHub.BlueZ.Tests.Sessions;

/// <summary>The hub's own share of the time from an advertisement to subscribed, with all of the hub that takes part in it. Alone, as instruments are one a process.</summary>
[Collection(nameof(SessionReportTests))]
public sealed class SessionShareTests(ITestOutputHelper output) : IDisposable
{
    private const int Sessions = 15;

    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(300);

    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-share-").FullName;

    [Fact]
    public async Task From_an_advertisement_to_subscribed_the_hub_itself_takes_less_than_300_ms()
    {
        await using BlueZFixture home = await BlueZFixture.StartAsync(hearsKernel: true);
        await using SqliteDeviceRegistry registry = await SqliteDeviceRegistry.OpenAsync(_folder, default);
        StandInDevice cuff = Household.NewCuff();
        cuff.IsPaired = true;
        await registry.SaveAsync(
            new RegisteredDevice
            {
                Address = cuff.Address, Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start, Bond = BondSecurity.SecureConnections,
            },
            default);
        var taken = new ConcurrentQueue<double>();
        using MeterListener listener = Listen(taken);
        using var metrics = new HubMetrics();
        using var stop = new CancellationTokenSource();
        var options = new PeripheralSourceOptions { Limits = HomeFixture.QuickLimits, Reconnect = HomeFixture.QuickReconnect };
        var source = new PeripheralSource(home.Central, registry, options, TimeProvider.System, metrics, NullLogger<PeripheralSource>.Instance);
        Task reading = Task.Run(async () =>
        {
            await foreach (SourceItem item in source.ReadAsync(stop.Token))
            {
                item.Committed?.Invoke();
            }
        });
        DateTimeOffset end = TimeProvider.System.GetUtcNow() + Eventually.Deadline;
        while (taken.Count < Sessions)
        {
            Assert.True(TimeProvider.System.GetUtcNow() < end, $"Only {taken.Count} connections came about.");
            if (!cuff.IsConnected)
            {
                await home.StandIn.AdvertiseAsync(cuff);
            }

            await Task.Delay(10);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        double[] milliseconds = [.. taken.Order().Select(seconds => seconds * 1000)];
        output.WriteLine($"median {milliseconds[milliseconds.Length / 2]:0.0} ms, longest {milliseconds[^1]:0.0} ms, the stand-in's own time included");

        // The median: a machine that is busy otherwise may hold up one of them.
        Assert.InRange(milliseconds[milliseconds.Length / 2], 0, Bound.TotalMilliseconds);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static MeterListener Listen(ConcurrentQueue<double> taken)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == HubMetrics.Name && instrument.Name == "homehub.session.step_time")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) =>
        {
            if (tags.Length == 1 && tags[0].Value is "subscribed")
            {
                taken.Enqueue(seconds);
            }
        });
        listener.Start();
        return listener;
    }
}
