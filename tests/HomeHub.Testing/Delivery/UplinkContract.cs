using System.Text;
using HomeHub.Core.Buffering;
using HomeHub.Core.Delivery;
using Xunit;

namespace HomeHub.Testing.Delivery;

/// <summary>What every <see cref="IUplink"/> keeps to, the double and the real ones.</summary>
public abstract class UplinkContract
{
    private static readonly Guid First = Guid.Parse("00000000-0000-5000-8000-000000000001");
    private static readonly Guid Second = Guid.Parse("00000000-0000-5000-8000-000000000002");
    private static readonly byte[] Json = Encoding.UTF8.GetBytes("""{"resourceType":"Bundle","type":"transaction","entry":[]}""");

    /// <summary>An uplink that is connected, and its other end.</summary>
    protected abstract Task<UplinkBench> StartAsync();

    private static CancellationToken Deadline => new CancellationTokenSource(Eventually.Deadline).Token;

    /// <summary>A Bundle arrives as it was prepared.</summary>
    [Fact]
    public async Task A_Bundle_arrives_as_it_was_prepared()
    {
        await using UplinkBench bench = await StartAsync();
        UplinkPayload payload = bench.Uplink.Prepare(Json, isBacklog: false);
        await bench.Uplink.PublishAsync(Recipient.CareTeam, First, payload, Deadline);
        (Guid bundle, UplinkPayload arrived) = await bench.NextAsync(Deadline);
        Assert.Equal(First, bundle);
        Assert.Equal(payload.Encoding, arrived.Encoding);
        Assert.Equal(payload.Bytes.ToArray(), arrived.Bytes.ToArray());
    }

    /// <summary>The same Bundle is prepared alike each time, so that a repetition is the same byte for byte.</summary>
    [Fact]
    public async Task The_same_Bundle_is_prepared_alike_each_time()
    {
        await using UplinkBench bench = await StartAsync();
        byte[] large = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("""{"resourceType":"Observation"},""", 500)));
        foreach (bool isBacklog in new[] { false, true })
        {
            UplinkPayload payload = bench.Uplink.Prepare(large, isBacklog);
            Assert.Contains(payload.Encoding, new[] { "json", "br" });
            Assert.Equal(payload.Bytes.ToArray(), bench.Uplink.Prepare(large, isBacklog).Bytes.ToArray());
        }
    }

    /// <summary>Receipts come in order, with what they name.</summary>
    [Fact]
    public async Task Receipts_come_in_order_with_what_they_name()
    {
        await using UplinkBench bench = await StartAsync();
        await bench.CommitAsync(First, [First, Second]);
        await bench.RefuseAsync(Second, "invalid-entry", [new RefusedEntry(First, RefusalReasons.UnknownReference)]);
        DeliveryReceipt committed = await bench.Uplink.ReceiptsOf(Recipient.CareTeam).ReadAsync(Deadline);
        Assert.Equal((Recipient.CareTeam, First, true), (committed.Recipient, committed.BundleId, committed.IsCommitted));
        Assert.Equal([First, Second], committed.Accepted);
        DeliveryReceipt refused = await bench.Uplink.ReceiptsOf(Recipient.CareTeam).ReadAsync(Deadline);
        Assert.Equal((Second, "invalid-entry", false), (refused.BundleId, refused.Reason, refused.IsCommitted));
        Assert.Equal([new RefusedEntry(First, RefusalReasons.UnknownReference)], refused.Refused);
    }

    /// <summary>While the broker is away publishing fails and says so; waiting ends when it is back.</summary>
    [Fact]
    public async Task While_the_broker_is_away_publishing_fails_and_afterwards_it_goes_on()
    {
        await using UplinkBench bench = await StartAsync();
        Assert.True(bench.Uplink.IsConnected);
        UplinkPayload payload = bench.Uplink.Prepare(Json, isBacklog: false);
        await bench.StopBrokerAsync();
        await Eventually.HoldsAsync(() => !bench.Uplink.IsConnected, "the uplink notices that the broker is away");
        await Assert.ThrowsAsync<UplinkException>(() => bench.Uplink.PublishAsync(Recipient.CareTeam, First, payload, Deadline));
        Task waiting = bench.Uplink.WaitConnectedAsync(Deadline);
        Assert.False(waiting.IsCompleted);
        await bench.StartBrokerAsync();
        await waiting;
        await bench.Uplink.PublishAsync(Recipient.CareTeam, Second, payload, Deadline);
        Assert.Equal(Second, (await bench.NextAsync(Deadline)).Bundle);
    }

    /// <summary>A status is taken whether the broker is there or not.</summary>
    [Fact]
    public async Task A_status_is_taken_whether_the_broker_is_there_or_not()
    {
        await using UplinkBench bench = await StartAsync();
        var status = new UplinkStatus("0.1.0", SampleReadings.Start, 1, 2, 3, 4);
        await bench.Uplink.PublishStatusAsync(status, Deadline);
        await bench.StopBrokerAsync();
        await Eventually.HoldsAsync(() => !bench.Uplink.IsConnected, "the uplink notices that the broker is away");
        Assert.Null(await Record.ExceptionAsync(() => bench.Uplink.PublishStatusAsync(status, Deadline)));
    }

    /// <summary>Waiting can be cancelled.</summary>
    [Fact]
    public async Task Waiting_for_the_broker_can_be_cancelled()
    {
        await using UplinkBench bench = await StartAsync();
        await bench.StopBrokerAsync();
        await Eventually.HoldsAsync(() => !bench.Uplink.IsConnected, "the uplink notices that the broker is away");
        using var stop = new CancellationTokenSource();
        Task waiting = bench.Uplink.WaitConnectedAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
