using HomeHub.Core.Acquisition;
using HomeHub.Core.Acts;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using Xunit;

namespace HomeHub.Testing.Buffering;

/// <summary>What persons let a recipient have.</summary>
public abstract partial class ReadingBufferContract
{
    private static readonly Func<AcquiredReading, bool> Everything = _ => true, Nothing = _ => false;

    [Fact]
    public async Task What_is_withheld_is_not_leased_and_outlasts_a_restart()
    {
        await AppendAsync(Withheld(1), SampleReadings.BloodPressure(2).ToSend());
        await ReopenAsync();
        Assert.Equal([2], (await LeaseAsync()).Select(NumberOf));
        BufferCounts counts = await CountAsync();
        Assert.Equal((1, 0, 1), (counts.Withheld, counts.Buffered, counts.Sent));
    }

    [Fact]
    public async Task What_waits_or_is_leased_can_be_withheld_and_the_rest_is_passed_over()
    {
        await AppendAsync(SampleReadings.Many(1, 4));
        IReadOnlyList<BufferedReading> leased = await LeaseAsync(2);
        await ReceiptAsync(leased[0].Id);
        Assert.Equal(2, await Buffer.WithholdAsync(Recipient.CareTeam, [leased[0].Id, leased[1].Id, 3, 99], default));
        Assert.Equal([4], (await LeaseAsync()).Select(NumberOf));
        BufferCounts counts = await CountAsync();
        Assert.Equal((2, 1, 1), (counts.Withheld, counts.Sent, counts.Receipted));
        Assert.Equal(0, await Buffer.WithholdAsync(Family, [4], default));
    }

    [Fact]
    public async Task A_review_withholds_what_may_not_go_and_buffers_what_may()
    {
        await AppendAsync([.. SampleReadings.Many(1, 3), .. SampleReadings.Many(11, 3, SampleReadings.OtherPatient), Withheld(4)]);
        await LeaseAsync(1);
        Assert.Equal(5, await Buffer.ReviewAsync(Recipient.CareTeam, Nothing, default));
        Assert.Equal(1, Buffer.CountBuffered(Recipient.CareTeam) + (await CountAsync()).Sent);
        Assert.Equal(0, await Buffer.ReviewAsync(Recipient.CareTeam, Nothing, default));
        await ReopenAsync();
        Assert.Equal(4, await Buffer.ReviewAsync(Recipient.CareTeam, reading => reading.Patient == SampleReadings.OtherPatient, default));
        Assert.Equal([11, 12, 13], (await LeaseAsync()).Where(one => one.Record.Patient == SampleReadings.OtherPatient).Select(NumberOf));
    }

    [Fact]
    public async Task A_review_goes_through_more_readings_than_a_step_takes()
    {
        await AppendAsync(SampleReadings.Many(1, 1_300));
        Assert.Equal(1_300, await Buffer.ReviewAsync(Recipient.CareTeam, Nothing, default));
        Assert.Equal(1_300, await Buffer.ReviewAsync(Recipient.CareTeam, Everything, default));
        Assert.Equal(1_300, Buffer.CountBuffered(Recipient.CareTeam));
    }

    [Fact]
    public async Task A_recipient_who_joins_later_gets_what_it_may_have_and_not_what_stays_here()
    {
        await AppendAsync([.. SampleReadings.Many(1, 2), SampleReadings.BloodPressure(3).ToKeep(), Nobodys(4), Withheld(5)]);
        Assert.Equal(3, await Buffer.ReviewAsync(Family, reading => NumberOf(reading) != 2, default));
        Assert.Equal([1, 5], (await LeaseAsync(recipient: Family)).Select(NumberOf));
        Assert.Equal(2, Buffer.CountBuffered(Recipient.CareTeam));
        Assert.Equal(2, (await CountAsync()).Withheld);
        Assert.Equal(0, await Buffer.ReviewAsync(Family, reading => NumberOf(reading) != 2, default));
    }

    [Fact]
    public async Task What_is_withheld_is_history_that_counts_as_local_when_it_is_pruned()
    {
        await AppendAsync(Withheld(1), Withheld(2));
        Assert.Equal(1, await Buffer.PruneAsync(SampleReadings.Start.AddMinutes(2), default));
        BufferCounts counts = await CountAsync();
        Assert.Equal((1, 1), (counts.Withheld, counts.Local));
        Assert.Equal([AppendOutcome.Duplicate], await AppendAsync(Withheld(1)));
    }

    [Fact]
    public async Task A_device_keeps_what_is_withheld()
    {
        await AppendAsync(Withheld(1));
        Assert.False(await Buffer.IsAllReceiptedAsync(SampleReadings.Monitor.Address, 0x1810, default));
    }

    [Fact]
    public async Task What_is_withheld_and_taken_back_stays_here_unless_it_was_sent()
    {
        await AppendAsync(Withheld(1), SampleReadings.BloodPressure(2).ToSend());
        IReadOnlyList<BufferedReading> leased = await LeaseAsync();
        await Buffer.WithholdAsync(Recipient.CareTeam, [leased[0].Id], default);
        await Buffer.ActAsync(Act(ActKind.TakeBack, 1, null), Sends, default);
        await Buffer.ActAsync(Act(ActKind.TakeBack, 2, null), Sends, default);
        Assert.Equal((1, 1), ((await CountAsync()).Withheld, (await CountAsync()).Local));
        await Buffer.ReviewAsync(Recipient.CareTeam, Everything, default);
        Assert.Equal([(2L, true)], (await LeaseAsync()).Select(one => (one.Id, one.Record.IsTakenBack)));
    }

    [Fact]
    public async Task What_is_assigned_goes_to_those_who_may_have_it()
    {
        await AppendAsync(Nobodys(1));
        NewDelivery[] decided = [new(Recipient.CareTeam, DeliveryState.Withheld), new(Family, DeliveryState.Buffered)];
        await Buffer.ActAsync(Act(ActKind.Assign, 1, Somebody, reason: null), _ => decided, default);
        Assert.Empty(await LeaseAsync());
        Assert.Single(await LeaseAsync(recipient: Family));
        Assert.Equal((0, 1), ((await CountAsync()).Unassigned, (await CountAsync()).Withheld));
    }

    private static NewReading Withheld(int number) => new(SampleReadings.BloodPressure(number), [new NewDelivery(Recipient.CareTeam, DeliveryState.Withheld)]);

    private static int NumberOf(AcquiredReading reading) => (int)(reading.ReceivedAt - SampleReadings.Start).TotalMinutes;
}
