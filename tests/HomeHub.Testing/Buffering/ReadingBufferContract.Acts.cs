using HomeHub.Core.Acquisition;
using HomeHub.Core.Acts;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.People;
using HomeHub.Profiles;
using HomeHub.Testing.Climate;
using Xunit;

namespace HomeHub.Testing.Buffering;

/// <summary>What is nobody's, and what persons do with readings.</summary>
public abstract partial class ReadingBufferContract
{
    private static readonly PatientReference Somebody = SampleReadings.Patient, Other = SampleReadings.OtherPatient;

    [Fact]
    public async Task What_is_nobodys_is_kept_shown_and_never_leased_nor_pruned()
    {
        await AppendAsync(Nobodys(1), Nobodys(2, UnassignedReason.UnknownUser));
        await ReopenAsync();
        Assert.Empty(await LeaseAsync());
        Assert.Equal(0, Buffer.CountBuffered(Recipient.CareTeam));
        Assert.Equal(0, await Buffer.PruneAsync(Now.AddYears(1), default));
        Assert.Empty(await Buffer.ListPatientsAsync(default));
        BufferCounts counts = await Buffer.CountAsync(default);
        Assert.Equal((2, 0, 0), (counts.Unassigned, counts.Buffered, counts.Local));
        Assert.Null(counts.OldestUnreceiptedAt);
        List<UnassignedReading> unassigned = await ToListAsync(Buffer.ReadUnassignedAsync(default));
        Assert.Equal([(1, "slot-of-nobody"), (2, "unknown-user")], unassigned.Select(one => (one.Reading.Id, one.Reason)));
        Assert.True(unassigned[0].Reading.Record.Patient.IsNobody);
        Assert.Equal([AppendOutcome.Duplicate], await AppendAsync(SampleReadings.BloodPressure(1).ToSend()));
    }

    [Fact]
    public async Task What_is_nobodys_of_a_device_is_told_apart_however_the_device_described_itself()
    {
        AcquiredReading first = SampleReadings.BloodPressure(1), other = SampleReadings.BloodPressure(3, device: SampleReadings.Device(9));
        AcquiredReading second = SampleReadings.BloodPressure(2) with { Device = first.Device with { Information = first.Device.Information with { Firmware = "2.0" } } };
        await AppendAsync(Nobodys(first), Nobodys(second), Nobodys(other), Nobodys(4), SampleReadings.BloodPressure(5).ToSend());
        await Buffer.ActAsync(Act(ActKind.Discard, 4, null, reason: "guest"), Sends, default);
        await ReopenAsync();
        Assert.Equal([(1, "slot-of-nobody"), (2, "slot-of-nobody")], (await ToListAsync(Buffer.ReadUnassignedOfAsync(first.Device.Address, default))).Select(one => (one.Reading.Id, one.Reason)));
        Assert.Equal([3L], (await ToListAsync(Buffer.ReadUnassignedOfAsync(other.Device.Address, default))).Select(one => one.Reading.Id));
        Assert.Empty(await ToListAsync(Buffer.ReadUnassignedOfAsync("C0:FF:EE:99:99:99", default)));
    }

    [Fact]
    public async Task What_is_nobodys_starts_unassigned_and_nothing_else_does()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => AppendAsync(Nobodys(1).Reading.ToSend()));
        await Assert.ThrowsAsync<ArgumentException>(() => AppendAsync(Nobodys(1) with { Reading = SampleReadings.BloodPressure(1) }));
    }

    [Fact]
    public async Task What_is_assigned_is_sent_as_that_persons()
    {
        await AppendAsync(Nobodys(1), SampleReadings.BloodPressure(2, Other).ToSend());
        ReadingAct act = Act(ActKind.Assign, 1, Other, reason: null);
        Assert.Equal(ActOutcome.Done, await Buffer.ActAsync(act, Sends, default));
        await ReopenAsync();
        IReadOnlyList<BufferedReading> leased = await LeaseAsync();
        Assert.Equal([1, 2], leased.Select(one => one.Id));
        Assert.All(leased, one => Assert.Equal((Other, false, false), (one.Record.Patient, one.Record.IsTakenBack, one.Record.IdentifierTaken)));
        Assert.Equal(SampleReadings.BloodPressure(1).Identity, leased[0].Record.Identity);
        Assert.Empty(await ToListAsync(Buffer.ReadUnassignedAsync(default)));
        RecordedAct recorded = Assert.Single(await ToListAsync(Buffer.ReadActsAsync(default)));
        Assert.Equal(new RecordedAct(act, PatientReference.Nobody, null), recorded);
        Assert.Equal((0, 2), ((await Buffer.CountAsync(default)).Unassigned, (await Buffer.CountAsync(default)).Sent));
    }

    [Fact]
    public async Task What_is_assigned_and_held_back_by_a_rule_stays_here()
    {
        await AppendAsync(Nobodys(1));
        await Buffer.ActAsync(Act(ActKind.Assign, 1, Somebody, reason: null), _ => [new NewDelivery(Recipient.CareTeam, DeliveryState.Local)], default);
        Assert.Empty(await LeaseAsync());
        Assert.Equal([Somebody], await Buffer.ListPatientsAsync(default));
        Assert.Equal(1, (await Buffer.CountAsync(default)).Local);
    }

    [Fact]
    public async Task A_reading_that_becomes_somebodys_gets_no_identifier_that_another_one_has()
    {
        AcquiredReading first = SampleReadings.BloodPressure(1), second = SampleReadings.BloodPressure(2, systolic: 140, stampedAt: SampleReadings.Start.AddMinutes(1));
        await AppendAsync(first.ToSend(), Nobodys(second));
        await Buffer.ActAsync(Act(ActKind.Assign, 2, Somebody, reason: null), Sends, default);
        Assert.Equal([false, true], (await LeaseAsync()).Select(one => one.Record.IdentifierTaken));
    }

    [Fact]
    public async Task What_is_discarded_is_history_that_is_never_sent()
    {
        await AppendAsync(Nobodys(1));
        Assert.Equal(ActOutcome.Done, await Buffer.ActAsync(Act(ActKind.Discard, 1, null, "guest"), Sends, default));
        await ReopenAsync();
        Assert.Empty(await LeaseAsync());
        Assert.Empty(await ToListAsync(Buffer.ReadUnassignedAsync(default)));
        Assert.Equal(ActOutcome.NotUnassigned, await Buffer.ActAsync(Act(ActKind.Assign, 1, Somebody, reason: null), Sends, default));
        Assert.Equal(ActOutcome.Unassigned, await Buffer.ActAsync(Act(ActKind.TakeBack, 1, null), Sends, default));
        Assert.Equal(1, await Buffer.PruneAsync(Now, default));
        Assert.Equal((1, 0), ((await Buffer.CountAsync(default)).Discarded, (await Buffer.CountAsync(default)).Unassigned));
    }

    [Fact]
    public async Task The_same_act_again_is_done_already_and_recorded_once()
    {
        await AppendAsync(Nobodys(1));
        ReadingAct act = Act(ActKind.Assign, 1, Somebody, reason: null);
        await Buffer.ActAsync(act, Sends, default);
        await ReopenAsync();
        Assert.Equal(ActOutcome.Done, await Buffer.ActAsync(act, Sends, default));
        Assert.Single(await ToListAsync(Buffer.ReadActsAsync(default)));
        Assert.Equal(1, Buffer.CountBuffered(Recipient.CareTeam));
    }

    [Fact]
    public async Task An_act_that_can_not_be_done_changes_nothing_and_is_not_recorded()
    {
        await AppendAsync(SampleReadings.BloodPressure(1).ToSend());
        Assert.Equal(ActOutcome.NotFound, await Buffer.ActAsync(Act(ActKind.TakeBack, 9, null), Sends, default));
        Assert.Equal(ActOutcome.NotUnassigned, await Buffer.ActAsync(Act(ActKind.Assign, 1, Other, reason: null), Sends, default));
        Assert.Equal(ActOutcome.SamePerson, await Buffer.ActAsync(Act(ActKind.TakeBack, 1, Somebody), Sends, default));
        await Assert.ThrowsAsync<ArgumentException>(() => Buffer.ActAsync(Act(ActKind.TakeBack, 1, null) with { Who = "" }, Sends, default));
        Assert.Empty(await ToListAsync(Buffer.ReadActsAsync(default)));
        Assert.False(Assert.Single(await LeaseAsync()).Record.IsTakenBack);
    }

    [Fact]
    public async Task What_is_of_the_room_is_nobodys_and_becomes_nobodys()
    {
        await AppendAsync(SampleRoom.Reading(1).ToSend(), SampleReadings.BloodPressure(2).ToSend());
        await ReopenAsync();
        Assert.Equal([Somebody], await Buffer.ListPatientsAsync(default));
        Assert.Equal(SampleRoom.Reading(1).Identity, Assert.Single(await ToListAsync(Buffer.ReadHistoryAsync(PatientReference.Room, default))).Record.Identity);
        Assert.Equal(ActOutcome.NotUnassigned, await Buffer.ActAsync(Act(ActKind.TakeBack, 1, Other), Sends, default));
        Assert.Equal(ActOutcome.NotUnassigned, await Buffer.ActAsync(Act(ActKind.Assign, 1, Other, reason: null), Sends, default));
        Assert.Equal(PatientReference.Room, Assert.Single(await LeaseAsync()).Record.Patient);
        Assert.Equal(Somebody, Assert.Single(await LeaseAsync()).Record.Patient);
        Assert.Equal(ActOutcome.Done, await Buffer.ActAsync(Act(ActKind.TakeBack, 1, null), Sends, default));
        Assert.True(Assert.Single(await ToListAsync(Buffer.ReadHistoryAsync(PatientReference.Room, default))).Record.IsTakenBack);
    }

    [Fact]
    public async Task What_was_never_sent_and_is_taken_back_never_will_be()
    {
        await AppendAsync(SampleReadings.BloodPressure(1).ToSend());
        Assert.Equal(ActOutcome.Done, await TakeBackAsync(1));
        await ReopenAsync();
        Assert.Empty(await LeaseAsync());
        Assert.True(Assert.Single(await ToListAsync(Buffer.ReadHistoryAsync(Somebody, default))).Record.IsTakenBack);
        Assert.Equal(ActOutcome.TakenBackBefore, await TakeBackAsync(1));
        BufferCounts counts = await Buffer.CountAsync(default);
        Assert.Equal((1, 1, 0), (counts.TakenBack, counts.Local, counts.Buffered));
        Assert.Equal(1, await Buffer.PruneAsync(Now.AddYears(1), default));
    }

    [Fact]
    public async Task What_was_receipted_and_is_taken_back_is_sent_once_more_and_then_done()
    {
        await AppendAsync(SampleReadings.BloodPressure(1).ToSend());
        await LeaseAsync();
        await ReceiptAsync(1);
        await TakeBackAsync(1);
        await ReopenAsync();
        Assert.Equal((1, 0), ((await Buffer.CountAsync(default)).Buffered, (await Buffer.CountAsync(default)).Receipted));
        BufferedReading leased = Assert.Single(await LeaseAsync());
        Assert.Equal((true, SampleReadings.BloodPressure(1).Identity), (leased.Record.IsTakenBack, leased.Record.Identity));
        await ReopenAsync();
        Assert.True(Assert.Single(await LeaseAsync()).Record.IsTakenBack);
        await ReceiptAsync(1);
        Assert.Empty(await LeaseAsync());
        Assert.Equal(1, (await Buffer.CountAsync(default)).Receipted);
        Assert.Equal(1, await Buffer.PruneAsync(Now.AddYears(1), default));
    }

    [Fact]
    public async Task A_receipt_for_what_was_under_way_does_not_end_the_taking_back()
    {
        await AppendAsync(SampleReadings.BloodPressure(1).ToSend());
        Assert.False(Assert.Single(await LeaseAsync()).Record.IsTakenBack);
        await TakeBackAsync(1);
        Assert.Empty(await LeaseAsync());
        await ReceiptAsync(1);
        Assert.True(Assert.Single(await LeaseAsync()).Record.IsTakenBack);
        await ReceiptAsync(1);
        Assert.Empty(await LeaseAsync());
    }

    [Fact]
    public async Task What_may_have_been_sent_is_taken_back_there_too()
    {
        await AppendAsync(SampleReadings.BloodPressure(1).ToSend());
        await LeaseAsync();
        await Buffer.ReleaseAsync(Recipient.CareTeam, [1], default);
        await TakeBackAsync(1);
        Assert.True(Assert.Single(await LeaseAsync()).Record.IsTakenBack);
    }

    [Fact]
    public async Task What_was_refused_and_is_taken_back_stays_here_unless_it_arrived_after_all()
    {
        await AppendAsync(SampleReadings.BloodPressure(1).ToSend(), SampleReadings.BloodPressure(2).ToSend());
        await LeaseAsync();
        await RejectAsync("invalid-entry", 1);
        await TakeBackAsync(1);
        await TakeBackAsync(2);
        await RejectAsync("invalid-entry", 2);
        BufferCounts counts = await Buffer.CountAsync(default);
        Assert.Equal((0, 2), (counts.Rejected, counts.Local));
        Assert.Empty(counts.RejectedByReason);
        await ReceiptAsync(1, 2);
        Assert.Equal([true, true], (await LeaseAsync()).Select(one => one.Record.IsTakenBack));
    }

    [Fact]
    public async Task A_taking_back_that_is_refused_is_told_and_can_be_tried_again()
    {
        await AppendAsync(SampleReadings.BloodPressure(1).ToSend());
        await LeaseAsync();
        await ReceiptAsync(1);
        await TakeBackAsync(1);
        await LeaseAsync();
        await RejectAsync("update-not-permitted", 1);
        Assert.Equal(1, (await Buffer.CountAsync(default)).RejectedByReason["update-not-permitted"]);
        Assert.Equal(1, await Buffer.RetryRejectedAsync(Recipient.CareTeam, default));
        Assert.True(Assert.Single(await LeaseAsync()).Record.IsTakenBack);
        await ReceiptAsync(1);
        Assert.Equal(1, (await Buffer.CountAsync(default)).Receipted);
    }

    [Fact]
    public async Task Who_gets_it_instead_gets_a_new_reading_of_the_same_record()
    {
        AcquiredReading taken = SampleReadings.BloodPressure(1);
        await AppendAsync(taken.ToSend());
        Assert.Equal(ActOutcome.Done, await TakeBackAsync(1, Other));
        await ReopenAsync();
        BufferedReading given = Assert.Single(await LeaseAsync());
        Assert.Equal((2, Other, taken.Identity.For(Other), false), (given.Id, given.Record.Patient, given.Record.Identity, given.Record.IsTakenBack));
        Assert.NotEqual(taken.Identity, given.Record.Identity);
        Assert.Equal(taken.Octets, given.Record.Octets);
        Assert.Equal((taken.Effective, taken.Stamp), (given.Record.Effective, given.Record.Stamp));
        RecordedAct act = Assert.Single(await ToListAsync(Buffer.ReadActsAsync(default)));
        Assert.Equal((Somebody, Other, 2L), (act.Before, act.Act.Patient, act.NewReading!.Value));
        Assert.Equal([AppendOutcome.Duplicate], await AppendAsync(taken.ToSend()));

        Assert.Equal(ActOutcome.Done, await TakeBackAsync(2, Somebody));
        List<BufferedReading> history = await ToListAsync(Buffer.ReadHistoryAsync(Somebody, default));
        Assert.Equal([(1, true), (3, false)], history.Select(one => (one.Id, one.Record.IsTakenBack)));
        Assert.NotEqual(history[0].Record.Identity, history[1].Record.Identity);
    }

    [Fact]
    public async Task The_context_of_a_measurement_goes_where_the_measurement_goes()
    {
        AcquiredReading measurement = SampleReadings.BloodPressure(1);
        AcquiredReading context = SampleReadings.Unstamped(2) with { Measurement = measurement.Identity, MeasurementCode = 150020 };
        await AppendAsync(Nobodys(measurement), Nobodys(context));
        Assert.Equal(ActOutcome.ContextOfMeasurement, await Buffer.ActAsync(Act(ActKind.Assign, 2, Somebody, reason: null), Sends, default));
        await Buffer.ActAsync(Act(ActKind.Assign, 1, Somebody, reason: null), Sends, default);
        await LeaseAsync();
        await ReceiptAsync(1, 2);
        Assert.Equal(ActOutcome.ContextOfMeasurement, await TakeBackAsync(2));
        await TakeBackAsync(1, Other);
        IReadOnlyList<BufferedReading> back = await LeaseAsync();
        Assert.Equal([(1, true), (2, true)], back.Select(one => (one.Id, one.Record.IsTakenBack)));
        IReadOnlyList<BufferedReading> given = await LeaseAsync();
        Assert.Equal([3, 4], given.Select(one => one.Id));
        Assert.Equal(given[0].Record.Identity, given[1].Record.Measurement);
    }

    [Fact]
    public async Task Of_a_device_that_is_forgotten_only_what_is_still_here_is_known()
    {
        NewReading pruned = SampleReadings.BloodPressure(1).ToKeep(), held = SampleReadings.BloodPressure(600).ToKeep();
        NewReading others = SampleReadings.BloodPressure(2, device: SampleReadings.Device(2)).ToKeep();
        await AppendAsync(pruned, held, others);
        Assert.Equal(2, await Buffer.PruneAsync(SampleReadings.Start.AddMinutes(10), default));
        await ReopenAsync();
        Assert.All(await AppendAsync(pruned, held, others), outcome => Assert.Equal(AppendOutcome.Duplicate, outcome));
        Assert.Equal(1, await Buffer.ForgetDeviceAsync(SampleReadings.Monitor.Address, default));
        Assert.Equal(0, await Buffer.ForgetDeviceAsync(SampleReadings.Monitor.Address, default));
        await ReopenAsync();
        Assert.Equal([AppendOutcome.Stored, AppendOutcome.Duplicate, AppendOutcome.Duplicate], await AppendAsync(pruned, held, others));
    }

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (T item in items)
        {
            list.Add(item);
        }

        return list;
    }

    private static NewDelivery[] Sends(AcquiredReading reading) => [new NewDelivery(Recipient.CareTeam, DeliveryState.Buffered)];

    private static NewReading Nobodys(int number, UnassignedReason reason = UnassignedReason.SlotOfNobody) => Nobodys(SampleReadings.BloodPressure(number), reason);

    private static NewReading Nobodys(AcquiredReading reading, UnassignedReason reason = UnassignedReason.SlotOfNobody) => new(
        reading with { Patient = PatientReference.Nobody, Unassigned = reason }, [new NewDelivery(Recipient.CareTeam, DeliveryState.Unassigned)]);

    private static ReadingAct Act(ActKind kind, long reading, PatientReference? patient, string? reason = "wrong-person") =>
        new(Guid.NewGuid(), kind, reading, Now, "nurse 7", reason, patient);

    private Task<ActOutcome> TakeBackAsync(long reading, PatientReference? other = null) => Buffer.ActAsync(Act(ActKind.TakeBack, reading, other), Sends, default);

    [Fact]
    public async Task What_a_person_enters_is_stored_once_and_recorded_with_who_entered_it()
    {
        AcquiredReading reading = SampleReadings.BloodPressure(7);
        var act = new ReadingAct(Guid.NewGuid(), ActKind.Enter, 0, SampleReadings.Start, "nurse 7", null, reading.Patient);
        var entered = new NewReading(reading, [new NewDelivery(Recipient.CareTeam, DeliveryState.Buffered)]);
        Assert.Equal(ActOutcome.Done, await Buffer.EnterAsync(entered, act, default));
        Assert.Equal(ActOutcome.Done, await Buffer.EnterAsync(entered, act, default));
        Assert.Equal(ActOutcome.KnownBefore, await Buffer.EnterAsync(entered, act with { Id = Guid.NewGuid() }, default));
        BufferedReading leased = Assert.Single(await LeaseAsync());
        Assert.Equal(reading.Identity, leased.Record.Identity);
        RecordedAct recorded = Assert.Single(await ToListAsync(Buffer.ReadActsAsync(default)));
        Assert.Equal((ActKind.Enter, leased.Id, "nurse 7", true), (recorded.Act.Kind, recorded.Act.Reading, recorded.Act.Who, recorded.Before.IsNobody));
        await Assert.ThrowsAsync<ArgumentException>(() => Buffer.EnterAsync(entered, act with { Kind = ActKind.Assign }, default));
        Assert.Equal(ActOutcome.Done, await TakeBackAsync(leased.Id));
        Assert.Equal(ActOutcome.TakenBackBefore, await Buffer.EnterAsync(entered, act with { Id = Guid.NewGuid() }, default));
    }
}
