using System.Text;
using HomeHub.Contract;
using HomeHub.Core.Buffering;
using HomeHub.Core.Delivery;
using HomeHub.Core.Peripherals;
using HomeHub.Core.SelfCheck;
using HomeHub.Core.Identity;
using HomeHub.Mosquitto;
using HomeHub.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Mqtt.Tests;

public class MqttUplinkTests
{
    private static readonly Recipient Family = new("family");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Guid Bundle = Guid.Parse("a1a2a3a4-b1b2-5c1c-9d1d-e1e2e3e4e5e6");
    private static readonly Guid Entry = Guid.Parse("00000000-0000-5000-8000-000000000001");
    private static readonly Guid Other = Guid.Parse("00000000-0000-5000-8000-000000000002");
    private readonly HubIdentity _hub = new(Guid.NewGuid(), "02005EFFFE000001");

    private static CancellationToken Deadline => new CancellationTokenSource(Patience).Token;

    [Fact]
    public async Task Why_there_is_no_connection_is_told_as_a_kind_and_ends_when_there_is_one()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        int port = broker.Port;
        await broker.KillAsync();
        await using var uplink = Start(port);
        await Eventually.HoldsAsync(() => uplink.Fault == UplinkFault.Unreachable, "nobody answers");
        await broker.StartAgainAsync();
        await uplink.WaitConnectedAsync(Deadline);
        Assert.Null(uplink.Fault);
    }

    [Fact]
    public async Task A_bundle_goes_out_and_its_receipts_come_in()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var relay = await RelayAsync(broker);
        await using var uplink = Start(broker);
        await uplink.WaitConnectedAsync(Deadline);
        Assert.True(uplink.IsConnected);
        Assert.Null(uplink.WhyNotConnected);
        Assert.Null(uplink.Fault);

        var json = Encoding.UTF8.GetBytes("""{"resourceType":"Bundle","type":"transaction","entry":[]}""");
        await uplink.PublishAsync(Recipient.CareTeam, Bundle, uplink.Prepare(json, isBacklog: false), Deadline);
        var message = await relay.Messages.ReadAsync(Deadline);
        Assert.True(Topics.TryParseBundle(message.Topic, out var topic));
        Assert.Equal(new BundleTopic(_hub.Id, "care-team", Bundle, BundleEncoding.Json), topic);
        Assert.Equal(json, message.Payload.ToArray());
        Assert.Equal("application/fhir+json", message.ContentType);
        Assert.False(message.Retain);

        var receipts = Topics.Receipt(_hub.Id, "care-team");
        await relay.PublishAsync(receipts, Receipt.Committed(Bundle, [Entry], [Other]).ToUtf8Bytes(), cancellation: Deadline);
        var committed = await uplink.ReceiptsOf(Recipient.CareTeam).ReadAsync(Deadline);
        Assert.True(committed.IsCommitted);
        Assert.Equal((Recipient.CareTeam, Bundle, 0), (committed.Recipient, committed.BundleId, committed.Refused.Count));
        Assert.Equal([Entry, Other], committed.Accepted);

        await relay.PublishAsync(
            Topics.Receipt(_hub.Id, "family"),
            Receipt.Rejected(Bundle, ReasonCode.InvalidEntry, [new(Entry, ReasonCode.UnknownReference)]).ToUtf8Bytes(),
            cancellation: Deadline);
        var rejected = await uplink.ReceiptsOf(Family).ReadAsync(Deadline);
        Assert.False(rejected.IsCommitted);
        Assert.Equal((new Recipient("family"), "invalid-entry"), (rejected.Recipient, rejected.Reason));
        Assert.Equal([new RefusedEntry(Entry, RefusalReasons.UnknownReference)], rejected.Refused);
        Assert.Empty(rejected.Accepted);
    }

    [Fact]
    public void The_reasons_that_the_hub_acts_on_are_reasons_of_the_contract()
    {
        Assert.Equal(RefusalReasons.UnknownReference, ReasonCode.UnknownReference.ToWire());
        Assert.Equal(RefusalReasons.NotEnrolled, ReasonCode.NotEnrolled.ToWire());
        Assert.Equal(RefusalReasons.MixedPatients, ReasonCode.MixedPatients.ToWire());
        Assert.False(ReasonCodes.TryParse(RefusalReasons.Undecodable, out _), "the hub's own reason must not be taken for the relay's");
        Assert.Equal(ContractLimits.MaxPayloadBytes, new DeliveryOptions().MaxPayloadBytes);
        Assert.InRange(new DeliveryOptions().MaxBundleBytes, 1, ContractLimits.MaxBundleBytes);
        Assert.True(Topics.IsRecipient(Recipient.CareTeam.Slug));
    }

    [Fact]
    public async Task The_status_is_retained_from_birth_to_an_orderly_end()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var watcher = await WatchAsync(broker);
        var uplink = Start(broker);
        var birth = await StatusAsync(watcher);
        Assert.Equal(new HubStatusMessage { State = HubState.Online, Software = "0.1.0" }, birth);

        var at = new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
        await uplink.PublishStatusAsync(new UplinkStatus("0.1.0", at, 1, 2, 3, 4) { Held = 5, Silence = new DeviceSilence(6, 7), Audit = "17:0123456789abcdef", Checks = new CheckCodes("good", "warning:disk-low", null, null, "off") }, Deadline);
        var full = new HubStatusMessage
        {
            State = HubState.Online, Software = "0.1.0", At = at, Buffered = 1, Sent = 2, Rejected = 3, Quarantined = 4, Held = 5, SilentDevices = 6, SilentPeople = 7,
            Audit = "17:0123456789abcdef", Checks = new HubChecks("good", "warning:disk-low", Adapter: "off"),
        };
        Assert.Equal(full, await StatusAsync(watcher));

        await uplink.DisposeAsync();
        Assert.Equal(full with { State = HubState.Offline }, await StatusAsync(watcher));
        await using var late = await WatchAsync(broker);
        Assert.Equal(full with { State = HubState.Offline }, await StatusAsync(late));
    }

    [Fact]
    public async Task A_hub_that_vanishes_is_told_offline_by_its_will_and_born_again()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var watcher = await WatchAsync(broker);
        await using var line = new TcpLine(broker.Port);
        await using var uplink = Start(line.Port);
        Assert.Equal(HubState.Online, (await StatusAsync(watcher)).State);
        line.Cut();
        Assert.Equal(HubStatusMessage.LastWill, await StatusAsync(watcher));
        line.Mend();
        Assert.Equal(new HubStatusMessage { State = HubState.Online, Software = "0.1.0" }, await StatusAsync(watcher));
    }

    [Fact]
    public async Task Without_a_broker_publishing_fails_and_what_came_meanwhile_is_kept()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using (var first = Start(broker))
        {
            await first.WaitConnectedAsync(Deadline);
        }

        await using (var relay = await RelayAsync(broker))
        {
            await relay.PublishAsync(Topics.Receipt(_hub.Id, "care-team"), Receipt.Committed(Bundle, [Entry], []).ToUtf8Bytes(), cancellation: Deadline);
        }

        await broker.StopAsync();
        await using var uplink = Start(broker);
        var at = new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
        await uplink.PublishStatusAsync(new UplinkStatus("0.1.0", at, 9, 0, 0, 0), Deadline);
        await Assert.ThrowsAsync<UplinkException>(() => uplink.PublishAsync(Recipient.CareTeam, Bundle, uplink.Prepare("{}"u8, false), Deadline));
        var waiting = uplink.WaitConnectedAsync(Deadline);
        Assert.False(waiting.IsCompleted);

        await broker.StartAgainAsync();
        await waiting;
        Assert.Equal(Bundle, (await uplink.ReceiptsOf(Recipient.CareTeam).ReadAsync(Deadline)).BundleId);
        await using var watcher = await WatchAsync(broker);
        await UntilAsync(watcher, HubState.Online, status => status.Buffered == 9);
    }

    [Fact]
    public async Task What_is_no_receipt_is_ignored_and_counted()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var relay = await RelayAsync(broker);
        await using var uplink = Start(broker);
        await uplink.WaitConnectedAsync(Deadline);
        await relay.PublishAsync(Topics.Receipt(_hub.Id, "care-team"), "nonsense"u8.ToArray(), cancellation: Deadline);
        await relay.PublishAsync($"homehub/v1/{_hub.Id}/Not-A-Slug/receipt", Receipt.Committed(Bundle, [], []).ToUtf8Bytes(), cancellation: Deadline);
        await relay.PublishAsync(Topics.Receipt(_hub.Id, "care-team"), Receipt.Committed(Bundle, [Entry], []).ToUtf8Bytes(), cancellation: Deadline);
        Assert.Equal([Entry], (await uplink.ReceiptsOf(Recipient.CareTeam).ReadAsync(Deadline)).Accepted);
        Assert.Equal(2, uplink.IgnoredMessages);
    }

    [Fact]
    public async Task Closing_ends_the_receipts_and_may_be_repeated()
    {
        var uplink = MqttUplink.Start(
            _hub,
            new() { Recipients = [Recipient.CareTeam], Broker = new("127.0.0.1", FreePort.Take(), false), Software = "0.1.0" },
            TimeProvider.System,
            NullLogger<MqttUplink>.Instance);
        await uplink.DisposeAsync();
        await uplink.DisposeAsync();
        Assert.False(await uplink.ReceiptsOf(Recipient.CareTeam).WaitToReadAsync(Deadline));
        await Assert.ThrowsAsync<UplinkException>(() => uplink.PublishAsync(Recipient.CareTeam, Bundle, new UplinkPayload("json", new byte[1]), Deadline));
    }

    [Fact]
    public async Task An_encoding_outside_the_contract_is_a_bug_of_the_caller()
    {
        await using var uplink = MqttUplink.Start(
            _hub,
            new() { Recipients = [Recipient.CareTeam], Broker = new("127.0.0.1", FreePort.Take(), false), Software = "0.1.0" },
            TimeProvider.System,
            NullLogger<MqttUplink>.Instance);
        await Assert.ThrowsAsync<ArgumentException>(() => uplink.PublishAsync(Recipient.CareTeam, Bundle, new UplinkPayload("zstd", new byte[1]), Deadline));
    }

    private static MosquittoAddress Address(MosquittoBroker broker) =>
        MosquittoAddress.TryParse(broker.Url, out var address, out var error) ? address : throw new ArgumentException(error);

    private static async Task<MosquittoClient> RelayAsync(MosquittoBroker broker)
    {
        var relay = new MosquittoClient(new() { Address = Address(broker), ClientId = "relay" });
        relay.Start();
        await relay.SubscribeAsync(Topics.SharedBundleFilter("care-team"), Topics.BundleFilter("care-team"), cancellation: Deadline);
        return relay;
    }

    private static async Task<MosquittoClient> WatchAsync(MosquittoBroker broker)
    {
        var watcher = new MosquittoClient(new() { Address = Address(broker), ClientId = $"watcher-{Guid.NewGuid()}", CleanStart = true });
        watcher.Start();
        await watcher.SubscribeAsync(Topics.StatusFilter, cancellation: Deadline);
        return watcher;
    }

    private async Task<HubStatusMessage> StatusAsync(MosquittoClient watcher)
    {
        var message = await watcher.Messages.ReadAsync(Deadline);
        Assert.True(Topics.TryParseStatus(message.Topic, out var hub));
        Assert.Equal(_hub.Id, hub);
        Assert.True(HubStatusMessage.TryParse(message.Payload.Span, out var status));
        return status;
    }

    private async Task<HubStatusMessage> UntilAsync(MosquittoClient watcher, HubState state, Func<HubStatusMessage, bool>? more = null)
    {
        while (true)
        {
            var status = await StatusAsync(watcher);
            if (status.State == state && (more is null || more(status)))
            {
                return status;
            }
        }
    }

    private MqttUplink Start(MosquittoBroker broker) => Start(broker.Port);

    private MqttUplink Start(int port) => MqttUplink.Start(
        _hub,
        new() { Recipients = [Recipient.CareTeam, Family], Broker = new("127.0.0.1", port, false), Software = "0.1.0", MaxReconnectDelay = TimeSpan.FromMilliseconds(300) },
        TimeProvider.System,
        NullLogger<MqttUplink>.Instance);
}
