using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using HomeHub.Profiles.BloodPressure;
using Xunit;

namespace HomeHub.Testing.Buffering;

/// <summary>What a patient sees of the own history.</summary>
public abstract partial class ReadingBufferContract
{
    private static readonly BluetoothUuid Vendor = BluetoothUuid.Parse("00001524-1212-efde-1523-785feabcd123");

    [Fact]
    public async Task A_span_gives_what_was_measured_in_it_the_oldest_first()
    {
        AcquiredReading late = SampleReadings.BloodPressure(1) with { Effective = new EffectiveTime(SampleReadings.Start.AddMinutes(40), StampUse.Mapped) };
        await AppendAsync(late.ToSend(), SampleReadings.BloodPressure(20).ToKeep(), SampleReadings.BloodPressure(10).ToSend(), SampleReadings.BloodPressure(50).ToSend());
        await AppendAsync(SampleReadings.BloodPressure(21, SampleReadings.OtherPatient).ToSend(), (SampleReadings.Unstamped(30) with { Characteristic = Vendor }).ToSend());
        await ReopenAsync();
        HistoryExcerpt excerpt = await SpanAsync(10, 50);
        Assert.Equal([10, 20, 30, 40], Minutes(excerpt));
        Assert.Empty(excerpt.Thinned);
        Assert.Equal([3L, 2L, 6L, 1L], excerpt.Readings.Select(reading => reading.Id));
        Assert.Equal(Vendor, excerpt.Readings[2].Record.Characteristic);
        Assert.Equal([21], Minutes(await SpanAsync(0, 100, patient: SampleReadings.OtherPatient)));
        Assert.Empty((await SpanAsync(0, 100, patient: new PatientReference("Patient/unknown"))).Readings);
        Assert.Empty((await SpanAsync(10, 10)).Readings);
    }

    [Fact]
    public async Task Of_many_readings_some_stand_for_others_and_the_newest_is_always_among_them()
    {
        await AppendAsync(SampleReadings.Many(0, 100));
        await AppendAsync((SampleReadings.Unstamped(3) with { Characteristic = Vendor }).ToSend(), (SampleReadings.Unstamped(4) with { Characteristic = Vendor }).ToSend());
        HistoryExcerpt excerpt = await SpanAsync(0, 100, maxEach: 4);
        Assert.Equal([BloodPressureProfile.MeasurementUuid], excerpt.Thinned);
        Assert.Equal([3, 4, 24, 49, 74, 99], Minutes(excerpt));
        Assert.Equal([59], Minutes(await SpanAsync(10, 60, maxEach: 1)).Where(minute => minute > 4));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(HistorySpan.MostEach + 1, 10)]
    [InlineData(5, -1)]
    public async Task A_span_that_is_none_is_refused(int maxEach, int until) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => SpanAsync(0, until, maxEach));

    [Fact]
    public async Task A_page_tells_where_each_reading_went_the_newest_arrival_first()
    {
        await AppendAsync(SampleReadings.Many(0, 3));
        await AppendAsync(
            new NewReading(SampleReadings.BloodPressure(3), [new(Recipient.CareTeam, DeliveryState.Buffered), new(Family, DeliveryState.Withheld)]),
            SampleReadings.BloodPressure(4, SampleReadings.OtherPatient).ToSend(),
            SampleReadings.BloodPressure(5).ToKeep());
        await LeaseAsync(2);
        await ReceiptAsync(1);
        IReadOnlyList<HistoryEntry> page = await Buffer.ReadPageAsync(SampleReadings.Patient, long.MaxValue, 3, CancellationToken.None);
        Assert.Equal([6L, 4L, 3L], page.Select(entry => entry.Reading.Id));
        Assert.Equal(DeliveryState.Local, Assert.Single(page[0].Deliveries).State);
        Assert.Equal(
            [new DeliveryProgress(Recipient.CareTeam, DeliveryState.Buffered, null, null), new DeliveryProgress(Family, DeliveryState.Withheld, null, null)], page[1].Deliveries);
        page = await Buffer.ReadPageAsync(SampleReadings.Patient, page[^1].Reading.Id, 3, CancellationToken.None);
        Assert.Equal([2L, 1L], page.Select(entry => entry.Reading.Id));
        Assert.Equal(new DeliveryProgress(Recipient.CareTeam, DeliveryState.Sent, Now, null), Assert.Single(page[0].Deliveries));
        Assert.Equal(new DeliveryProgress(Recipient.CareTeam, DeliveryState.Receipted, Now, Now), Assert.Single(page[1].Deliveries));
        Assert.Empty(await Buffer.ReadPageAsync(SampleReadings.Patient, 1, 3, CancellationToken.None));
        Assert.Empty(await Buffer.ReadPageAsync(new PatientReference("Patient/unknown"), long.MaxValue, 3, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Buffer.ReadPageAsync(SampleReadings.Patient, 9, 0, CancellationToken.None));
    }

    [Fact]
    public async Task A_reading_is_found_by_its_number_whoevers_it_is()
    {
        await AppendAsync(SampleReadings.BloodPressure(1).ToSend(), Nobodys(2));
        HistoryEntry found = (await Buffer.FindAsync(1, CancellationToken.None))!;
        Assert.Equal((1L, SampleReadings.Patient, DeliveryState.Buffered), (found.Reading.Id, found.Reading.Record.Patient, Assert.Single(found.Deliveries).State));
        found = (await Buffer.FindAsync(2, CancellationToken.None))!;
        Assert.Equal((true, DeliveryState.Unassigned), (found.Reading.Record.Patient.IsNobody, Assert.Single(found.Deliveries).State));
        Assert.Null(await Buffer.FindAsync(3, CancellationToken.None));
        Assert.Null(await Buffer.FindAsync(-1, CancellationToken.None));
    }

    private static IEnumerable<int> Minutes(HistoryExcerpt excerpt) => excerpt.Readings.Select(reading => (int)(reading.Record.Effective.Instant - SampleReadings.Start).TotalMinutes);

    private Task<HistoryExcerpt> SpanAsync(int from, int until, int maxEach = 100, PatientReference? patient = null) => Buffer.ReadSpanAsync(
        new HistorySpan(patient ?? SampleReadings.Patient, SampleReadings.Start.AddMinutes(from), SampleReadings.Start.AddMinutes(until), maxEach), CancellationToken.None);
}
