using HomeHub.EndToEnd.Tests.Lab;
using HomeHub.Testing.Programs;

namespace HomeHub.EndToEnd.Tests;

/// <summary>Metrics and traces of hub and relay reach a collector, by the protocol of its port, and name nobody.</summary>
public class TelemetryTests
{
    private static readonly string[] OfHub =
    [
        "homehub.readings.taken", "homehub.readings.sent", "homehub.readings.receipted", "homehub.reading.time_to_receipt",
        "homehub.buffer.readings", "homehub.broker.connected",
    ];

    private static readonly string[] OfRelay =
    [
        "homehub.relay.bundles", "homehub.relay.entries", "homehub.relay.commit.duration", "homehub.relay.receipt.delay", "homehub.relay.broker.connected",
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_hub_and_relay_measure_reaches_a_collector(bool isGrpc)
    {
        await using CollectorDouble ofHub = await CollectorDouble.StartAsync(isGrpc), ofRelay = await CollectorDouble.StartAsync(isGrpc);
        await using Laboratory lab = await Laboratory.OpenAsync(withRelay: false);
        await lab.StartRelayAsync("--otlp-endpoint", ofRelay.Url);
        string configuration = Path.Combine(Path.GetDirectoryName(lab.EnrolmentFile)!, "homehub.json");
        await File.WriteAllTextAsync(configuration, $$$"""{"telemetry":{"endpoint":"{{{ofHub.Url}}}"}}""");
        using Executable hub = lab.StartHub("--config", configuration, "--replay", lab.WriteCapture(20), "--exit-when-drained");
        Assert.True(await hub.ExitAsync() == 0, hub.Error);
        Assert.Equal(0, await lab.StopRelayAsync());

        Assert.All(OfHub, name => Assert.Contains(name, ofHub.Received("metrics"), StringComparison.Ordinal));
        Assert.Contains("publish bundle", ofHub.Received("traces"), StringComparison.Ordinal);
        Assert.All(OfRelay, name => Assert.Contains(name, ofRelay.Received("metrics"), StringComparison.Ordinal));
        Assert.Contains("commit", ofRelay.Received("traces"), StringComparison.Ordinal);
        foreach (CollectorDouble collector in new[] { ofHub, ofRelay })
        {
            string all = collector.Received("metrics") + collector.Received("traces");
            Assert.All(["anna", "bruno", "Patient/", "C0:FF:EE", "C0FFEE"], secret => Assert.DoesNotContain(secret, all, StringComparison.Ordinal));
        }
    }
}
