using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using Xunit;

namespace HomeHub.Testing.Buffering;

/// <summary>Erasing.</summary>
public abstract partial class ReadingBufferContract
{
    [Fact]
    public async Task What_waits_for_nothing_is_erased_and_the_rest_is_left_until_it_has_arrived()
    {
        await AppendAsync([.. SampleReadings.Many(0, 3), SampleReadings.BloodPressure(3).ToKeep(), .. SampleReadings.Many(4, 2, SampleReadings.OtherPatient)]);
        await AppendAsync(new NewReading(SampleReadings.BloodPressure(9), [new(Recipient.CareTeam, DeliveryState.Withheld)]));
        await LeaseAsync(1);
        await ReceiptAsync(1);
        Assert.Equal(new HeldReadings(3, 2), await HeldAsync());
        int before = Buffer.Erasures;
        Assert.Equal(new ErasedReadings(3, 2, 0), await EraseAsync(withWaiting: false));
        Assert.True(Buffer.Erasures > before);
        await ReopenAsync();
        Assert.Equal([2L, 3L], (await HistoryAsync(SampleReadings.Patient)).Select(reading => reading.Id));
        Assert.Equal(2, (await HistoryAsync(SampleReadings.OtherPatient)).Count);
        BufferCounts counts = await CountAsync();
        Assert.Equal((4, 0, 1, 2, 0), (counts.Buffered, counts.Sent, counts.Receipted, counts.Local, counts.Withheld));
        await LeaseAsync(2);
        await ReceiptAsync(2, 3);
        Assert.Equal(new ErasedReadings(2, 0, 0), await EraseAsync(withWaiting: false));
        Assert.Equal(default, await EraseAsync(withWaiting: false));
        Assert.Equal([SampleReadings.OtherPatient], await Buffer.ListPatientsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task What_is_on_its_way_is_erased_too_where_the_person_wants_that_and_a_receipt_that_comes_later_changes_nothing()
    {
        await AppendAsync([.. SampleReadings.Many(0, 4), .. SampleReadings.Many(4, 1, SampleReadings.OtherPatient)]);
        Assert.Equal(2, (await LeaseAsync(2)).Count);
        await RejectAsync("invalid-content", 2);
        Assert.Equal(new ErasedReadings(4, 0, 0), await EraseAsync(withWaiting: true));
        await ReceiptAsync(1);
        await Buffer.ReleaseAsync(Recipient.CareTeam, [1, 2], CancellationToken.None);
        BufferCounts counts = await CountAsync();
        Assert.Equal((1, 0, 0, 0), (counts.Buffered, counts.Sent, counts.Rejected, counts.Receipted));
        Assert.Equal(0, counts.RejectedByReason.GetValueOrDefault("invalid-content"));
        Assert.Equal([5L], (await LeaseAsync()).Select(reading => reading.Id));
        Assert.Equal(default, await HeldAsync());
        Assert.Empty(await Buffer.ReadPageAsync(SampleReadings.Patient, long.MaxValue, 9, CancellationToken.None));
    }

    [Fact]
    public async Task A_device_that_tells_its_memory_again_brings_nothing_back_and_an_identifier_is_not_given_out_twice()
    {
        await AppendAsync(SampleReadings.BloodPressure(1).ToSend(), SampleReadings.Unstamped(2).ToKeep());
        await EraseAsync(withWaiting: true);
        await ReopenAsync();
        Assert.Equal([AppendOutcome.Duplicate, AppendOutcome.Duplicate], await AppendAsync(SampleReadings.BloodPressure(1).ToSend(), SampleReadings.Unstamped(2).ToSend()));
        Assert.Equal([AppendOutcome.Stored], await AppendAsync(SampleReadings.BloodPressure(5, systolic: 131, stampedAt: SampleReadings.Start.AddMinutes(1)).ToSend()));
        Assert.Equal([AppendOutcome.Stored], await AppendAsync(SampleReadings.BloodPressure(6).ToSend()));
        Assert.Equal([true, false], (await HistoryAsync(SampleReadings.Patient)).Select(reading => reading.Record.IdentifierTaken));
    }

    [Fact]
    public async Task What_was_not_understood_is_erased_too()
    {
        await AppendAsync(SampleReadings.BloodPressure(9).ToKeep());
        await Buffer.QuarantineAsync([SampleReadings.Rejected(1), SampleReadings.Rejected(2, SampleReadings.OtherPatient)], CancellationToken.None);
        Assert.Equal(new ErasedReadings(1, 0, 1), await EraseAsync(withWaiting: false));
        Assert.Equal(1, await Buffer.QuarantineAsync([SampleReadings.Rejected(1), SampleReadings.Rejected(2, SampleReadings.OtherPatient)], CancellationToken.None));
    }

    [Fact]
    public async Task Of_many_readings_all_are_erased()
    {
        await AppendAsync([.. Enumerable.Range(0, 1_200).Select(number => SampleReadings.BloodPressure(number).ToKeep())]);
        Assert.Equal(new ErasedReadings(1_200, 0, 0), await EraseAsync(withWaiting: false));
        Assert.Empty(await HistoryAsync(SampleReadings.Patient));
    }

    [Fact]
    public async Task Nobodys_readings_are_not_erased() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Buffer.EraseAsync(PatientReference.Nobody, withWaiting: true, CancellationToken.None));

    private Task<ErasedReadings> EraseAsync(bool withWaiting) => Buffer.EraseAsync(SampleReadings.Patient, withWaiting, CancellationToken.None);

    private Task<HeldReadings> HeldAsync() => Buffer.CountHeldAsync(SampleReadings.Patient, CancellationToken.None);
}
