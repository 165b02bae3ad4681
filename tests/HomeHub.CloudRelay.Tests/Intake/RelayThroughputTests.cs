using System.Diagnostics;
using HomeHub.CloudRelay.Tests.Commands;
using HomeHub.Contract;
using HomeHub.Mosquitto;
using HomeHub.Testing;
using Xunit.Abstractions;

namespace HomeHub.CloudRelay.Tests.Intake;

/// <summary>How fast a backlog goes from broker to receipt, and what the relay takes in memory; figures to look at, with a bound that only a fault would miss.</summary>
public sealed class RelayThroughputTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_backlog_is_receipted()
    {
        var bundles = int.Parse(Environment.GetEnvironmentVariable("RELAY_BENCH_BUNDLES") ?? "50");
        const int Each = 200;
        const int Window = 24;
        await using var broker = await MosquittoBroker.StartAsync();
        var folder = Directory.CreateTempSubdirectory("relay-").FullName;
        using var relay = new RelayProcess("run", "--data", folder, "--broker", broker.Url, "--listen", "http://127.0.0.1:0");
        await RelayFixture.EventuallyAsync(() => Task.FromResult(relay.HasExited || relay.Output.Contains("Connected", StringComparison.Ordinal)));
        Assert.True(MosquittoAddress.TryParse(broker.Url, out var address, out _));
        await using var hub = new MosquittoClient(new MosquittoOptions { Address = address, ClientId = "hub" });
        hub.Start();
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await hub.SubscribeAsync(Topics.ReceiptFilter(new SampleBundle().Hub), cancellation: deadline.Token);

        var messages = new List<(string Topic, ReadOnlyMemory<byte> Payload)>();
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < bundles; i++)
        {
            var sample = i == 0 ? new SampleBundle().WithDevices() : new SampleBundle();
            for (var n = 0; n < Each; n++)
            {
                sample.WithBloodPressure(Guid.NewGuid(), at = at.AddSeconds(61), 100 + (n % 60));
            }

            messages.Add((Topics.Bundle(sample.Hub, "care-team", sample.Id, BundleEncoding.Brotli), sample.Incoming(BundleEncoding.Brotli).Payload));
        }

        using var process = Process.GetProcessById(relay.Id);
        var cpu = process.TotalProcessorTime;
        var begun = Stopwatch.StartNew();
        var (sent, receipted) = (0, 0);
        while (receipted < bundles)
        {
            while (sent < bundles && sent - receipted < Window)
            {
                await hub.PublishAsync(messages[sent].Topic, messages[sent].Payload, cancellation: deadline.Token);
                sent++;
            }

            var message = await hub.Messages.ReadAsync(deadline.Token);
            Assert.True(Receipt.TryParse(message.Payload.Span, out var receipt));
            Assert.Equal(ReceiptOutcome.Committed, receipt.Outcome);
            receipted++;
        }

        begun.Stop();
        process.Refresh();
        var rate = bundles * Each / begun.Elapsed.TotalSeconds;
        var text = $"{bundles * Each} Observations receipted in {begun.Elapsed.TotalSeconds:F2} s: {rate:F0}/s; the relay took "
            + $"{(process.TotalProcessorTime - cpu).TotalSeconds:F2} s of processor and holds {process.WorkingSet64 / 1048576.0:F0} MiB";
        output.WriteLine(text);
        relay.Terminate();
        Assert.Equal(0, await relay.ExitAsync());
        Directory.Delete(folder, recursive: true);
        Assert.True(rate > 1_000, text);
    }
}
