using HomeHub.CloudRelay.Intake;
using HomeHub.CloudRelay.Telemetry;
using HomeHub.Contract;
using HomeHub.Mosquitto;
using HomeHub.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.CloudRelay.Tests.Intake;

/// <summary>Receipts and connections that come and go.</summary>
public sealed class ReceiptSenderTests
{
    private static readonly BundleTopic Topic = new(Guid.NewGuid(), "care-team", Guid.NewGuid(), BundleEncoding.Json);

    /// <summary>A broker hands over what it held for the relay between CONNACK and SUBACK, when the client does not count as connected yet.</summary>
    [Fact]
    public async Task A_receipt_for_what_came_before_the_connection_is_complete_leaves_when_it_is()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var hub = Client(broker, "hub");
        hub.Start();
        using var deadline = new CancellationTokenSource(RelayFixture.Patience);
        await hub.SubscribeAsync(Topics.ReceiptFilter(Topic.Hub), cancellation: deadline.Token);
        await using var relay = Client(broker, "relay");
        using var metrics = new RelayMetrics();
        await using var sender = new ReceiptSender(relay, TimeProvider.System, metrics, NullLogger.Instance, CancellationToken.None);

        await sender.SendAsync(Topic, Receipt.Committed(Topic.Bundle, [], []), TimeProvider.System.GetTimestamp(), deadline.Token);
        relay.Start();

        var message = await hub.Messages.ReadAsync(deadline.Token);
        Assert.True(Receipt.TryParse(message.Payload.Span, out var receipt));
        Assert.Equal(Topic.Bundle, receipt.Bundle);
    }

    [Fact]
    public async Task A_receipt_that_waits_does_not_hold_up_the_end()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var relay = Client(broker, "relay");
        using var metrics = new RelayMetrics();
        using var stop = new CancellationTokenSource();
        var sender = new ReceiptSender(relay, TimeProvider.System, metrics, NullLogger.Instance, stop.Token);
        await sender.SendAsync(Topic, Receipt.Committed(Topic.Bundle, [], []), TimeProvider.System.GetTimestamp(), CancellationToken.None);
        var ending = sender.DisposeAsync().AsTask();
        Assert.False(ending.IsCompleted);
        await stop.CancelAsync();
        await ending.WaitAsync(RelayFixture.Patience);
    }

    private static MosquittoClient Client(MosquittoBroker broker, string id)
    {
        Assert.True(MosquittoAddress.TryParse(broker.Url, out var address, out _));
        return new MosquittoClient(new MosquittoOptions { Address = address, ClientId = id });
    }
}
