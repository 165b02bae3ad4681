using HomeHub.Contract;
using HomeHub.Core.Buffering;
using HomeHub.Core.Delivery;
using HomeHub.Core.Identity;
using HomeHub.Mosquitto;
using HomeHub.Testing;
using HomeHub.Testing.Delivery;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Mqtt.Tests;

/// <summary>The contract of the port, over a real broker with a client in the relay's place.</summary>
public sealed class MqttUplinkContractTests : UplinkContract
{
    protected override async Task<UplinkBench> StartAsync() => await Bench.StartAsync();

    private sealed class Bench(MosquittoBroker broker, MosquittoClient relay, MqttUplink uplink, Guid hub) : UplinkBench
    {
        private const string CareTeam = "care-team";

        private static CancellationToken Deadline => new CancellationTokenSource(Eventually.Deadline).Token;

        public override IUplink Uplink => uplink;

        public static async Task<Bench> StartAsync()
        {
            var hub = new HubIdentity(Guid.NewGuid(), "02005EFFFE000001");
            MosquittoBroker broker = await MosquittoBroker.StartAsync();
            var address = new MosquittoAddress("127.0.0.1", broker.Port, false);
            var relay = new MosquittoClient(new() { Address = address, ClientId = "relay", MaxReconnectDelay = TimeSpan.FromMilliseconds(300) });
            relay.Start();
            await relay.SubscribeAsync(Topics.SharedBundleFilter("care-team"), Topics.BundleFilter("care-team"), cancellation: Deadline);
            MqttUplink uplink = MqttUplink.Start(
                hub,
                new() { Recipients = [Recipient.CareTeam], Broker = address, Software = "0.1.0", MaxReconnectDelay = TimeSpan.FromMilliseconds(300) },
                TimeProvider.System,
                NullLogger<MqttUplink>.Instance);
            await uplink.WaitConnectedAsync(Deadline);
            return new Bench(broker, relay, uplink, hub.Id);
        }

        public override async Task<(Guid Bundle, UplinkPayload Payload)> NextAsync(CancellationToken cancellation)
        {
            MosquittoMessage message = await relay.Messages.ReadAsync(cancellation);
            Assert.True(Topics.TryParseBundle(message.Topic, out BundleTopic topic));
            return (topic.Bundle, new UplinkPayload(BundleEncodings.ToWire(topic.Encoding!.Value), message.Payload));
        }

        public override Task CommitAsync(Guid bundle, IReadOnlyList<Guid> entries) => SendAsync(Receipt.Committed(bundle, entries, []));

        public override Task RefuseAsync(Guid bundle, string reason, IReadOnlyList<RefusedEntry> entries) => SendAsync(
            Receipt.Rejected(bundle, CodeOf(reason), [.. entries.Select(entry => new RejectedEntry(entry.Entry, CodeOf(entry.Reason)))]));

        public override Task StopBrokerAsync() => broker.StopAsync();

        public override async Task StartBrokerAsync()
        {
            await broker.StartAgainAsync();
            await relay.WaitUntilConnectedAsync(Deadline);
        }

        public override async ValueTask DisposeAsync()
        {
            await uplink.DisposeAsync();
            await relay.DisposeAsync();
            await broker.DisposeAsync();
        }

        private static ReasonCode CodeOf(string reason) =>
            ReasonCodes.TryParse(reason, out ReasonCode code) ? code : throw new ArgumentException("no reason of the contract", nameof(reason));

        private Task SendAsync(Receipt receipt) => relay.PublishAsync(Topics.Receipt(hub, CareTeam), receipt.ToUtf8Bytes(), cancellation: Deadline);
    }
}
