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
    public async Task It_answers_when_it_is_asked_whether_it_goes_on_and_nothing_comes_of_it()
    {
        await Buffer.ProbeAsync(CancellationToken.None);
        Assert.Equal(0, (await CountAsync()).Taken);
        Task<AppendOutcome[]> appending = AppendAsync(SampleReadings.BloodPressure(1).ToSend());
        await Buffer.ProbeAsync(CancellationToken.None);
        Assert.Equal(1, (await CountAsync()).Taken);
        await appending;
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
    public async Task Patients_are_listed_by_key_while_they_have_readings()
    {
        await AppendAsync(SampleReadings.BloodPressure(1, SampleReadings.OtherPatient).ToKeep(), SampleReadings.BloodPressure(2).ToSend());
        Assert.Equal([SampleReadings.Patient, SampleReadings.OtherPatient], await Buffer.ListPatientsAsync(CancellationToken.None));
        await Buffer.PruneAsync(DateTimeOffset.MaxValue, CancellationToken.None);
        Assert.Equal([SampleReadings.Patient], await Buffer.ListPatientsAsync(CancellationToken.None));
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
