using HomeHub.Core.Peripherals;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;
using HomeHub.Gateway.Logging;
using HomeHub.Gateway.Tests.Commands.Devices;
using HomeHub.Testing;
using HomeHub.Testing.Buffering;
using HomeHub.Testing.Consent;
using HomeHub.Testing.Delivery;
using HomeHub.Testing.Time;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Tests.Hub;

public sealed class HubReporterTests : IDisposable
{
    private static readonly CentralState
        Ready = new(CentralCondition.Ready, "", "hci0 00:11:22:33:44:55"),
        Away = new(CentralCondition.NoService, "The Bluetooth service does not run.");

    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-reporter-").FullName;
    private readonly StringWriter _log = new();
    private readonly ManualTime _time = new(SampleReadings.Start.ToUniversalTime());

    /// <summary>It looks once a second, and a Bluetooth service that crashed is back in less.</summary>
    [Fact]
    public async Task A_radio_that_goes_and_is_back_between_two_looks_is_told()
    {
        await using var central = new CentralDouble { State = Ready };
        await using var uplink = new UplinkDouble();
        using var loggers = new LineLoggerFactory(_log, LogLevel.Information, asJson: false, _time);
        using var stop = new CancellationTokenSource();
        var parts = new HubParts(_folder, new HubConfiguration(), new InMemoryReadingBuffer(), new EncoderDouble(), uplink, SampleConsents.Book(), () => null, loggers, _time, Radio: central);
        Task reporting = new HubReporter(parts, () => SampleConsents.Rules(), () => { }).RunAsync(stop.Token);
        await Eventually.HoldsAsync(() => _time.UntilNext is not null, "it waits for its next look");
        central.Tell(Away);
        central.Tell(Ready);
        central.Tell(Ready);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reporting);
        central.Tell(Away);
        Assert.Equal(["Bluetooth is ready", "Bluetooth can't be used", "Bluetooth is ready"], _log.ToString()
            .Split('\n').Where(line => line.Contains("Bluetooth", StringComparison.Ordinal)).Select(line => line[line.IndexOf("Bluetooth", StringComparison.Ordinal)..].Split(':')[0]));
    }

    public void Dispose()
    {
        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
