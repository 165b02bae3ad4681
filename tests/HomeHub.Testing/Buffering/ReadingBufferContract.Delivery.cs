using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using HomeHub.Profiles.BloodPressure;
using Xunit;

namespace HomeHub.Testing.Buffering;

/// <summary>How readings are leased, receipted and rejected, each recipient for itself.</summary>
public abstract partial class ReadingBufferContract
{
    private Task<IReadOnlyList<BufferedReading>> LeaseAsync(int maxReadings = 100, Recipient? recipient = null) =>
        Buffer.LeaseAsync(recipient ?? Recipient.CareTeam, maxReadings, Now, CancellationToken.None);

    private Task ReceiptAsync(params long[] ids) => Buffer.SettleAsync(Recipient.CareTeam, ids, [], Now, CancellationToken.None);

    private Task RejectAsync(string reason, params long[] ids) =>
        Buffer.SettleAsync(Recipient.CareTeam, [], [.. ids.Select(id => new RejectedReading(id, reason))], Now, CancellationToken.None);

    [Fact]
    public async Task A_lease_takes_the_oldest_patients_readings_in_order()
    {
        await AppendAsync(SampleReadings.Many(10, 2, SampleReadings.OtherPatient));
        await AppendAsync(SampleReadings.Many(0, 2));
        await AppendAsync(SampleReadings.Many(20, 2, SampleReadings.OtherPatient));
        IReadOnlyList<BufferedReading> first = await LeaseAsync(3);
        Assert.All(first, reading => Assert.Equal(SampleReadings.OtherPatient, reading.Record.Patient));
        Assert.Equal([10, 11, 20], first.Select(NumberOf));
        Assert.Equal([0, 1], (await LeaseAsync()).Select(NumberOf));
        Assert.Equal([21], (await LeaseAsync()).Select(NumberOf));
        Assert.Empty(await LeaseAsync());
        BufferCounts counts = await CountAsync();
        Assert.Equal((0, 6), (counts.Buffered, counts.Sent));
        Assert.Equal(SampleReadings.Start.AddMinutes(10), counts.OldestUnreceiptedAt);
    }

    [Fact]
    public async Task A_lease_ends_with_its_process()
    {
        await AppendAsync(SampleReadings.Many(0, 3));
        IReadOnlyList<BufferedReading> leased = await LeaseAsync(2);
        await ReopenAsync();
        Assert.Equal(3, Buffer.CountBuffered(Recipient.CareTeam));
        Assert.Equal(leased.Select(reading => reading.Id), (await LeaseAsync(2)).Select(reading => reading.Id));
    }

    [Fact]
    public async Task What_was_released_is_leased_again_first()
    {
        await AppendAsync(SampleReadings.Many(0, 3));
        IReadOnlyList<BufferedReading> leased = await LeaseAsync(2);
        await Buffer.ReleaseAsync(Recipient.CareTeam, [leased[1].Id, 4711], CancellationToken.None);
        Assert.Equal([1, 2], (await LeaseAsync()).Select(NumberOf));
        await ReceiptAsync(leased[0].Id);
        await Buffer.ReleaseAsync(Recipient.CareTeam, [leased[0].Id], CancellationToken.None);
        Assert.Equal(1, (await CountAsync()).Receipted);
        Assert.Equal(0, Buffer.CountBuffered(Recipient.CareTeam));
    }

    [Fact]
    public async Task A_receipt_counts_once_and_for_good()
    {
        await AppendAsync(SampleReadings.Many(0, 2));
        long[] ids = [.. (await LeaseAsync()).Select(reading => reading.Id)];
        await ReceiptAsync(ids[0]);
        await ReceiptAsync(ids[0], ids[0], 4711);
        await RejectAsync("invalid-entry", ids[0]);
        BufferCounts counts = await CountAsync();
        Assert.Equal((1, 1, 0), (counts.Receipted, counts.Sent, counts.Rejected));
        Assert.Equal(Now, counts.LastReceiptAt);
        await ReopenAsync();
        counts = await CountAsync();
        Assert.Equal((1, 1, 0), (counts.Receipted, counts.Buffered, counts.Sent));
        Assert.Equal(Now, counts.LastReceiptAt);
        Assert.Equal(Now.Offset, counts.LastReceiptAt!.Value.Offset);
    }

    [Fact]
    public async Task A_late_receipt_counts_too()
    {
        await AppendAsync(SampleReadings.Many(0, 2));
        long[] ids = [.. (await LeaseAsync()).Select(reading => reading.Id)];
        await ReopenAsync();
        await ReceiptAsync(ids[0]);
        await RejectAsync("not-enrolled", ids[1]);
        await ReceiptAsync(ids[1]);
        BufferCounts counts = await CountAsync();
        Assert.Equal((2, 0, 0), (counts.Receipted, counts.Buffered, counts.Rejected));
        Assert.Empty(counts.RejectedByReason);
        Assert.Empty(await LeaseAsync());
    }

    [Fact]
    public async Task A_rejected_reading_waits_for_a_person()
    {
        await AppendAsync(SampleReadings.Many(0, 3));
        long[] ids = [.. (await LeaseAsync()).Select(reading => reading.Id)];
        await RejectAsync("not-enrolled", ids[0], ids[1]);
        await RejectAsync("invalid-entry", ids[2], ids[1]);
        await ReopenAsync();
        BufferCounts counts = await CountAsync();
        Assert.Equal((3, 0), (counts.Rejected, counts.Buffered));
        Assert.Equal(new Dictionary<string, long> { ["not-enrolled"] = 2, ["invalid-entry"] = 1 }, counts.RejectedByReason);
        Assert.Empty(await LeaseAsync());
        Assert.Equal(0, await Buffer.PruneAsync(DateTimeOffset.MaxValue, CancellationToken.None));
        Assert.Equal(3, await Buffer.RetryRejectedAsync(Recipient.CareTeam, CancellationToken.None));
        Assert.Equal(0, await Buffer.RetryRejectedAsync(Recipient.CareTeam, CancellationToken.None));
        counts = await CountAsync();
        Assert.Equal((0, 3), (counts.Rejected, counts.Buffered));
        Assert.Empty(counts.RejectedByReason);
        Assert.Equal(ids, (await LeaseAsync()).Select(reading => reading.Id));
    }

    [Fact]
    public async Task Recipients_do_not_meddle_with_each_other()
    {
        NewReading both = new(
            SampleReadings.BloodPressure(1),
            [new NewDelivery(Recipient.CareTeam, DeliveryState.Buffered), new NewDelivery(Family, DeliveryState.Buffered)]);
        NewReading one = new(
            SampleReadings.BloodPressure(2),
            [new NewDelivery(Recipient.CareTeam, DeliveryState.Buffered), new NewDelivery(Family, DeliveryState.Local)]);
        await AppendAsync(both, one);
        Assert.Equal((2, 1), (Buffer.CountBuffered(Recipient.CareTeam), Buffer.CountBuffered(Family)));
        long[] ids = [.. (await LeaseAsync()).Select(reading => reading.Id)];
        await ReceiptAsync(ids);
        Assert.Equal(1, Buffer.CountBuffered(Family));
        Assert.Equal(1, await Buffer.PruneAsync(Now.AddTicks(1), CancellationToken.None));
        IReadOnlyList<BufferedReading> family = await LeaseAsync(recipient: Family);
        Assert.Equal([1], family.Select(NumberOf));
        await Buffer.SettleAsync(Family, [family[0].Id], [], Now, CancellationToken.None);
        Assert.Equal(1, await Buffer.PruneAsync(Now.AddTicks(1), CancellationToken.None));
        Assert.Empty(await LeaseAsync(recipient: new Recipient("nobody")));
    }

    [Fact]
    public async Task Local_readings_are_never_sent()
    {
        await AppendAsync(SampleReadings.BloodPressure(1).ToKeep());
        Assert.Empty(await LeaseAsync());
        List<BufferedReading> history = await HistoryAsync(SampleReadings.Patient);
        await ReceiptAsync(history[0].Id);
        BufferCounts counts = await CountAsync();
        Assert.Equal((1, 0, 0), (counts.Local, counts.Buffered, counts.Receipted));
        Assert.Null(counts.OldestUnreceiptedAt);
    }

    [Fact]
    public async Task Sending_again_is_counted()
    {
        Buffer.NoteSentAgain(2);
        Buffer.NoteSentAgain(3);
        Assert.Equal(5, (await CountAsync()).SentAgain);
        await ReopenAsync();
        Assert.Equal(5, (await CountAsync()).SentAgain);
    }

    [Fact]
    public async Task All_of_a_service_is_receipted_once_nothing_of_it_waits()
    {
        Assert.True(await IsAllReceiptedAsync());
        await AppendAsync(
            SampleReadings.BloodPressure(1).ToSend(), SampleReadings.BloodPressure(2).ToKeep(), SampleReadings.BloodPressure(3, device: SampleReadings.Device(2)).ToSend());
        Assert.False(await IsAllReceiptedAsync());
        Assert.True(await IsAllReceiptedAsync(0x1808));
        IReadOnlyList<BufferedReading> leased = await LeaseAsync();
        Assert.False(await IsAllReceiptedAsync());
        await RejectAsync("invalid", leased[0].Id);
        Assert.False(await IsAllReceiptedAsync());
        await ReceiptAsync(leased[0].Id);
        Assert.True(await IsAllReceiptedAsync());
        Assert.False(await Buffer.IsAllReceiptedAsync(SampleReadings.Device(2).Address, 0x1810, CancellationToken.None));
        await ReopenAsync();
        Assert.True(await IsAllReceiptedAsync());
        await Buffer.PruneAsync(Now.AddDays(1), CancellationToken.None);
        Assert.True(await IsAllReceiptedAsync());
    }

    [Fact]
    public async Task What_is_known_of_a_device_changes_nothing_of_what_waits_for_a_receipt()
    {
        await AppendAsync(SampleReadings.BloodPressure(1, device: SampleReadings.Monitor with { HasReadableClock = false }).ToSend());
        await AppendAsync(SampleReadings.BloodPressure(2, SampleReadings.OtherPatient).ToSend());
        await ReceiptAsync((await LeaseAsync())[0].Id);
        Assert.False(await IsAllReceiptedAsync());
        await ReceiptAsync((await LeaseAsync())[0].Id);
        Assert.True(await IsAllReceiptedAsync());
    }

    [Fact]
    public async Task A_reading_that_one_of_two_recipients_has_not_is_not_receipted()
    {
        await AppendAsync(new NewReading(
            SampleReadings.BloodPressure(1),
            [new NewDelivery(Recipient.CareTeam, DeliveryState.Buffered), new NewDelivery(Family, DeliveryState.Buffered)]));
        await ReceiptAsync((await LeaseAsync())[0].Id);
        Assert.False(await IsAllReceiptedAsync());
    }

    [Fact]
    public async Task What_lies_in_quarantine_is_not_receipted()
    {
        await Buffer.QuarantineAsync([SampleReadings.Rejected(1)], CancellationToken.None);
        Assert.False(await IsAllReceiptedAsync());
        Assert.True(await IsAllReceiptedAsync(0x1808));
        Assert.True(await Buffer.IsAllReceiptedAsync(SampleReadings.Device(2).Address, 0x1810, CancellationToken.None));
    }

    private Task<bool> IsAllReceiptedAsync(ushort service = 0x1810) =>
        Buffer.IsAllReceiptedAsync(SampleReadings.Monitor.Address, service, CancellationToken.None);

    [Fact]
    public async Task Known_devices_are_remembered_until_forgotten()
    {
        Guid device = Guid.NewGuid();
        Assert.Null(await Buffer.GetKnownDeviceAsync(Recipient.CareTeam, device, CancellationToken.None));
        await Buffer.SetKnownDeviceAsync(Recipient.CareTeam, device, "one", CancellationToken.None);
        await Buffer.SetKnownDeviceAsync(Recipient.CareTeam, device, "two", CancellationToken.None);
        Assert.Null(await Buffer.GetKnownDeviceAsync(Family, device, CancellationToken.None));
        await ReopenAsync();
        Assert.Equal("two", await Buffer.GetKnownDeviceAsync(Recipient.CareTeam, device, CancellationToken.None));
        await Buffer.SetKnownDeviceAsync(Recipient.CareTeam, device, null, CancellationToken.None);
        Assert.Null(await Buffer.GetKnownDeviceAsync(Recipient.CareTeam, device, CancellationToken.None));
        await ReopenAsync();
        Assert.Null(await Buffer.GetKnownDeviceAsync(Recipient.CareTeam, device, CancellationToken.None));
    }
}
