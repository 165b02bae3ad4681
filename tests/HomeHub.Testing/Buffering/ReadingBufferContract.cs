using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using HomeHub.Profiles.BloodPressure;
using Xunit;

namespace HomeHub.Testing.Buffering;

/// <summary>What every buffer does. Runs over the double and over each adapter.</summary>
public abstract partial class ReadingBufferContract : IAsyncLifetime
{
    private static readonly Recipient Family = new("family");
    private static readonly DateTimeOffset Now = SampleReadings.Start.AddHours(5);

    /// <summary>The buffer under test; a test that reopens it sets it anew.</summary>
    protected IReadingBuffer Buffer { get; private set; } = null!;

    /// <summary>Opens a new, empty buffer.</summary>
    protected abstract Task<IReadingBuffer> OpenAsync();

    /// <summary>Ends the process that has the buffer, and starts another one.</summary>
    protected abstract Task<IReadingBuffer> ReopenAsync(IReadingBuffer buffer);

    public async Task InitializeAsync() => Buffer = await OpenAsync();

    public virtual async Task DisposeAsync() => await Buffer.DisposeAsync();

    private async Task ReopenAsync() => Buffer = await ReopenAsync(Buffer);

    private Task<AppendOutcome[]> AppendAsync(params NewReading[] readings) => Buffer.AppendAsync(readings, CancellationToken.None);

    private Task<IReadOnlyList<BufferedReading>> LeaseAsync(int maxReadings = 100, Recipient? recipient = null) =>
        Buffer.LeaseAsync(recipient ?? Recipient.CareTeam, maxReadings, Now, CancellationToken.None);

    private Task ReceiptAsync(params long[] ids) => Buffer.SettleAsync(Recipient.CareTeam, ids, [], Now, CancellationToken.None);

    private Task RejectAsync(string reason, params long[] ids) =>
        Buffer.SettleAsync(Recipient.CareTeam, [], [.. ids.Select(id => new RejectedReading(id, reason))], Now, CancellationToken.None);

    private Task<BufferCounts> CountAsync() => Buffer.CountAsync(CancellationToken.None);

    private async Task<List<BufferedReading>> HistoryAsync(PatientReference patient)
    {
        var readings = new List<BufferedReading>();
        await foreach (BufferedReading reading in Buffer.ReadHistoryAsync(patient, CancellationToken.None))
        {
            readings.Add(reading);
        }

        return readings;
    }

    [Fact]
    public async Task A_new_buffer_is_empty()
    {
        BufferCounts counts = await CountAsync();
        Assert.Equal(0, counts.Taken + counts.Buffered + counts.Sent + counts.Receipted + counts.Rejected + counts.Local + counts.Quarantined);
        Assert.Null(counts.OldestUnreceiptedAt);
        Assert.Null(counts.LastReceiptAt);
        Assert.False(counts.IsFull);
        Assert.Empty(await LeaseAsync());
        Assert.Empty(await Buffer.ListPatientsAsync(CancellationToken.None));
        Assert.Empty(await HistoryAsync(SampleReadings.Patient));
        Assert.Equal(0, Buffer.CountBuffered(Recipient.CareTeam));
    }

    [Fact]
    public async Task The_hub_stays_who_it_is()
    {
        HubIdentity hub = Buffer.Hub;
        Assert.NotEqual(Guid.Empty, hub.Id);
        Assert.Matches("^[0-9A-F]{16}$", hub.SystemId);
        Assert.Equal(2, Convert.FromHexString(hub.SystemId)[0] & 3);
        await ReopenAsync();
        Assert.Equal(hub, Buffer.Hub);
    }

    [Fact]
    public async Task Everything_that_was_appended_is_there_after_a_restart()
    {
        AcquiredReading full = SampleReadings.BloodPressure(3, SampleReadings.OtherPatient) with
        {
            Context = new SessionContext { BloodPressureFeature = 0x21, CgmSessionStart = new PhdTimestamp(2026, 3, 1, 0, 0, 0, 4) },
            Measurement = new RecordIdentity(1, ulong.MaxValue),
            MeasurementCode = 160184,
            ClockCheck = new ClockCheck(SampleReadings.Start, null),
            ReceivedAt = SampleReadings.Start.AddTicks(1234567).ToOffset(TimeSpan.FromMinutes(-210)),
        };
        await AppendAsync(full.ToSend(), SampleReadings.Unstamped(4, SampleReadings.OtherPatient).ToSend());
        await ReopenAsync();
        List<BufferedReading> history = await HistoryAsync(SampleReadings.OtherPatient);
        Assert.Equal(2, history.Count);
        AssertSame(full, history[0].Record);
        AssertSame(SampleReadings.Unstamped(4, SampleReadings.OtherPatient), history[1].Record);
        Assert.Equal(full.Reading.Values.Length, history[0].Record.Reading.Values.Length);
    }

    [Fact]
    public async Task The_same_record_is_taken_once()
    {
        Assert.Equal([AppendOutcome.Stored], await AppendAsync(SampleReadings.BloodPressure(1).ToSend()));
        Assert.Equal(
            [AppendOutcome.Stored, AppendOutcome.Duplicate, AppendOutcome.Duplicate],
            await AppendAsync(
                SampleReadings.BloodPressure(2).ToSend(), SampleReadings.BloodPressure(1).ToSend(), SampleReadings.BloodPressure(2).ToKeep()));
        await ReopenAsync();
        Assert.Equal([AppendOutcome.Duplicate], await AppendAsync(SampleReadings.BloodPressure(2).ToSend()));
        BufferCounts counts = await CountAsync();
        Assert.Equal((2, 2, 3), (counts.Taken, counts.Buffered, counts.Duplicates));
    }

    [Fact]
    public async Task Nothing_appended_gives_nothing()
    {
        Assert.Empty(await AppendAsync());
        Assert.Equal(0, await Buffer.QuarantineAsync([], CancellationToken.None));
    }

    [Fact]
    public async Task A_record_is_a_duplicate_also_after_it_was_pruned()
    {
        await AppendAsync(SampleReadings.BloodPressure(1).ToKeep());
        Assert.Equal(1, await Buffer.PruneAsync(Now, CancellationToken.None));
        Assert.Equal([AppendOutcome.Duplicate], await AppendAsync(SampleReadings.BloodPressure(1).ToSend()));
        await ReopenAsync();
        Assert.Equal([AppendOutcome.Duplicate], await AppendAsync(SampleReadings.BloodPressure(1).ToSend()));
    }

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
    public async Task Pruning_takes_old_history_and_nothing_else()
    {
        await AppendAsync(SampleReadings.Many(0, 6));
        long[] ids = [.. (await LeaseAsync(5)).Select(reading => reading.Id)];
        await Buffer.SettleAsync(Recipient.CareTeam, [ids[0]], [], Now.AddDays(-1), CancellationToken.None);
        await ReceiptAsync(ids[1], ids[4]);
        await RejectAsync("invalid-entry", ids[3]);
        Assert.Equal(0, await Buffer.PruneAsync(Now.AddDays(-1), CancellationToken.None)); // received long before, receipted then
        Assert.Equal(1, await Buffer.PruneAsync(Now, CancellationToken.None));
        Assert.Equal(2, await Buffer.PruneAsync(DateTimeOffset.MaxValue, CancellationToken.None));
        Assert.Equal([2, 3, 5], (await HistoryAsync(SampleReadings.Patient)).Select(NumberOf));
        BufferCounts counts = await CountAsync();
        Assert.Equal((6, 3, 1, 1, 1), (counts.Taken, counts.Receipted, counts.Sent, counts.Rejected, counts.Buffered));
    }

    [Fact]
    public async Task Ids_are_never_given_twice()
    {
        await AppendAsync(SampleReadings.BloodPressure(1).ToKeep());
        long first = (await HistoryAsync(SampleReadings.Patient))[0].Id;
        await Buffer.PruneAsync(DateTimeOffset.MaxValue, CancellationToken.None);
        await ReopenAsync();
        await AppendAsync(SampleReadings.BloodPressure(2).ToKeep());
        Assert.True((await HistoryAsync(SampleReadings.Patient))[0].Id > first);
    }

    [Fact]
    public async Task The_later_of_two_records_with_one_stamp_goes_without_identifier()
    {
        AcquiredReading first = SampleReadings.BloodPressure(1);
        AcquiredReading second = SampleReadings.BloodPressure(2, systolic: 130, stampedAt: first.ReceivedAt);
        AcquiredReading otherPatient = SampleReadings.BloodPressure(1, SampleReadings.OtherPatient, systolic: 131);
        AcquiredReading otherDevice = SampleReadings.BloodPressure(1, device: SampleReadings.Device(2));
        AcquiredReading otherStamp = SampleReadings.BloodPressure(3);
        AcquiredReading notIdentifying = SampleReadings.BloodPressure(1, systolic: 132, use: StampUse.NotUsable);
        AcquiredReading unstamped = SampleReadings.Unstamped(1);
        AcquiredReading[] all = [first, second, otherPatient, otherDevice, otherStamp, notIdentifying, unstamped];
        await AppendAsync([.. all.Select(reading => reading.ToSend())]);
        var taken = (await HistoryAsync(SampleReadings.Patient)).Concat(await HistoryAsync(SampleReadings.OtherPatient))
            .Where(reading => reading.Record.IdentifierTaken).Select(reading => reading.Record.Identity).ToList();
        Assert.Equal([second.Identity], taken);
        Assert.All((await LeaseAsync()).Where(reading => reading.Record.Identity == second.Identity), reading => Assert.True(reading.Record.IdentifierTaken));
    }

    [Fact]
    public async Task An_identifier_stays_taken_after_pruning_and_restart()
    {
        AcquiredReading first = SampleReadings.BloodPressure(1);
        await AppendAsync(first.ToKeep());
        await Buffer.PruneAsync(DateTimeOffset.MaxValue, CancellationToken.None);
        await ReopenAsync();
        await AppendAsync(SampleReadings.BloodPressure(2, systolic: 130, stampedAt: first.ReceivedAt).ToSend());
        Assert.True((await LeaseAsync())[0].Record.IdentifierTaken);
    }

    [Fact]
    public async Task Other_values_at_the_same_stamp_keep_their_identifier()
    {
        AcquiredReading measurement = SampleReadings.BloodPressure(1);
        AcquiredReading cuff = SampleReadings.Record(
            BloodPressureProfile.CuffPressureUuid, measurement.Octets, measurement.ReceivedAt, use: StampUse.Mapped);
        await AppendAsync(cuff.ToKeep(), measurement.ToSend());
        Assert.All(await HistoryAsync(SampleReadings.Patient), reading => Assert.False(reading.Record.IdentifierTaken));
    }

    [Fact]
    public async Task Quarantine_keeps_each_payload_once()
    {
        Assert.Equal(2, await Buffer.QuarantineAsync([SampleReadings.Rejected(1), SampleReadings.Rejected(2)], CancellationToken.None));
        Assert.Equal(1, await Buffer.QuarantineAsync([SampleReadings.Rejected(3), SampleReadings.Rejected(2)], CancellationToken.None));
        await ReopenAsync();
        Assert.Equal(0, await Buffer.QuarantineAsync([SampleReadings.Rejected(3)], CancellationToken.None));
        BufferCounts counts = await CountAsync();
        Assert.Equal(3, counts.Quarantined);
        Assert.Equal(new Dictionary<string, long> { ["truncated 2A35"] = 3 }, counts.QuarantinedByCause);
        Assert.Equal(0, counts.Taken);
        Assert.Empty(await Buffer.ListPatientsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Quarantine_keeps_what_is_told_in_each_connection_once()
    {
        RejectedPayload slot = SampleReadings.Rejected(1);
        slot = slot with { Payload = slot.Payload with { IsToldAgain = true } };
        Assert.Equal(1, await Buffer.QuarantineAsync([slot], CancellationToken.None));
        await ReopenAsync();
        RejectedPayload later = slot with { Payload = slot.Payload with { ReceivedAt = SampleReadings.Start.AddDays(1) } };
        Assert.Equal(0, await Buffer.QuarantineAsync([later, slot], CancellationToken.None));
        Assert.Equal(1, (await CountAsync()).Quarantined);
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
    public async Task Patients_are_listed_by_key_while_they_have_readings()
    {
        await AppendAsync(SampleReadings.BloodPressure(1, SampleReadings.OtherPatient).ToKeep(), SampleReadings.BloodPressure(2).ToSend());
        Assert.Equal([SampleReadings.Patient, SampleReadings.OtherPatient], await Buffer.ListPatientsAsync(CancellationToken.None));
        await Buffer.PruneAsync(DateTimeOffset.MaxValue, CancellationToken.None);
        Assert.Equal([SampleReadings.Patient], await Buffer.ListPatientsAsync(CancellationToken.None));
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

    [Fact]
    public async Task History_comes_in_order_however_long()
    {
        await AppendAsync(SampleReadings.Many(0, 1_000));
        Assert.Equal(Enumerable.Range(0, 1_000), (await HistoryAsync(SampleReadings.Patient)).Select(NumberOf));
    }

    [Fact]
    public async Task Many_callers_at_once_lose_nothing_and_double_nothing()
    {
        const int callers = 8;
        const int rounds = 20;
        AppendOutcome[][] outcomes = await Task.WhenAll(Enumerable.Range(0, callers * rounds).Select(n => Task.Run(() =>
            AppendAsync(SampleReadings.BloodPressure(n).ToSend(), SampleReadings.BloodPressure(n / 2).ToSend()))));
        Assert.Equal(callers * rounds, outcomes.Sum(each => each.Count(outcome => outcome == AppendOutcome.Stored)));
        IReadOnlyList<BufferedReading>[] leases = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(() => LeaseAsync(15))));
        List<long> ids = [.. leases.SelectMany(lease => lease.Select(reading => reading.Id))];
        Assert.Equal(callers * 15, ids.Distinct().Count());
        Assert.Equal((callers * rounds) - (callers * 15), Buffer.CountBuffered(Recipient.CareTeam));
    }

    /// <summary>Number of a sample reading, from when it was received.</summary>
    protected static int NumberOf(BufferedReading reading) => (int)(reading.Record.ReceivedAt - SampleReadings.Start).TotalMinutes;

    /// <summary>Compares every property that is kept; one that is added later is compared as well.</summary>
    protected static void AssertSame(AcquiredReading expected, AcquiredReading actual)
    {
        foreach (System.Reflection.PropertyInfo property in typeof(AcquiredReading).GetProperties())
        {
            if (property.Name != nameof(AcquiredReading.Reading))
            {
                Assert.Equal(property.GetValue(expected), property.GetValue(actual));
            }
        }

        Assert.Equal(expected.ReceivedAt.Offset, actual.ReceivedAt.Offset);
        Assert.Equal(expected.Effective.Instant.Offset, actual.Effective.Instant.Offset);
    }
}
