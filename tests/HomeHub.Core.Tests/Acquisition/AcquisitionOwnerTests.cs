using System.Globalization;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Core.People;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using HomeHub.Testing;

namespace HomeHub.Core.Tests.Acquisition;

/// <summary>Whose the records of a connection are: the rules are asked with what the record says.</summary>
public sealed class AcquisitionOwnerTests
{
    private const string BloodPressureOfUser1 = "1E80005300FF07EA07030E072A0A4700010000";
    private const string Clock = "EA07030E072C00060000";

    private static readonly DateTimeOffset At = DateTimeOffset.Parse("2026-03-14T07:45:05+01:00", CultureInfo.InvariantCulture);

    [Fact]
    public void A_record_is_the_persons_who_has_its_slot()
    {
        AcquisitionSession session = Session(Shared(new UserSlot(1, SampleReadings.OtherPatient, At.AddDays(-1))));
        Accept(session, 0x1805, 0x2A2B, Clock);
        AcquiredReading reading = Accept(session, 0x1810, 0x2A35, BloodPressureOfUser1);
        Assert.Equal((SampleReadings.OtherPatient, UnassignedReason.None), (reading.Patient, reading.Unassigned));
    }

    [Fact]
    public void A_record_of_another_slot_is_nobodys_and_is_the_same_record_all_the_same()
    {
        AcquiredReading nobodys = Accept(Session(Shared(new UserSlot(2, SampleReadings.Patient, At.AddDays(-1)))), 0x1810, 0x2A35, BloodPressureOfUser1);
        Assert.Equal((PatientReference.Nobody, UnassignedReason.SlotOfNobody), (nobodys.Patient, nobodys.Unassigned));
        AcquiredReading somebodys = Accept(Session(null), 0x1810, 0x2A35, BloodPressureOfUser1);
        Assert.Equal((SampleReadings.Patient, UnassignedReason.None), (somebodys.Patient, somebodys.Unassigned));
        Assert.Equal(somebodys.Identity, nobodys.Identity);
    }

    [Fact]
    public void The_records_that_a_loaned_meter_had_are_nobodys_and_their_contexts_too()
    {
        AcquisitionSession session = Session(Owned(At.AddDays(-7)));
        Accept(session, 0x1805, 0x2A2B, Clock);
        AcquiredReading older = Accept(session, 0x1808, 0x2A18, "130100EA0703060700000000 78B011".Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(UnassignedReason.OlderThanAssignment, older.Unassigned);
        AcquiredReading context = Accept(session, 0x1808, 0x2A34, "02010001");
        Assert.Equal((PatientReference.Nobody, UnassignedReason.OlderThanAssignment, older.Identity), (context.Patient, context.Unassigned, context.Measurement));
        AcquiredReading newer = Accept(session, 0x1808, 0x2A18, "130200EA07030E0700000000 78B011".Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(SampleReadings.Patient, newer.Patient);
        Assert.Equal(SampleReadings.Patient, Accept(session, 0x1808, 0x2A34, "02020001").Patient);
    }

    [Fact]
    public void A_record_without_a_stamp_or_number_that_was_asked_for_is_nobodys_whenever_it_is_told()
    {
        const string noTime = "0061004600";
        AcquisitionSession session = Session(Owned(At.AddDays(-1)));
        Assert.Equal(UnassignedReason.None, Accept(session, 0x1822, 0x2A5E, noTime).Unassigned);
        session.NoteRequest(true);
        Assert.Equal(UnassignedReason.TimeNotKnown, Accept(session, 0x1822, 0x2A5E, noTime).Unassigned);
        AcquisitionSession later = Session(Owned(At.AddDays(-1)) with { ToldAllAt = At.AddHours(-1) });
        later.NoteRequest(true);
        Assert.Equal(UnassignedReason.TimeNotKnown, Accept(later, 0x1822, 0x2A5E, noTime).Unassigned);
    }

    [Fact]
    public void A_sensors_record_without_its_sessions_start_is_nobodys_although_all_was_told_once()
    {
        AcquisitionSession session = Session(Owned(At.AddDays(-1)) with { ToldAllAt = At.AddHours(-1) });
        session.NoteRequest(true);
        Assert.Equal(UnassignedReason.TimeNotKnown, Accept(session, 0x181F, 0x2AA7, "060064000500").Unassigned);
    }

    [Fact]
    public void What_is_about_the_device_names_no_user_and_needs_none()
    {
        AcquisitionSession session = Session(Shared(new UserSlot(3, SampleReadings.OtherPatient, At.AddDays(-1))));
        Assert.Equal(SampleReadings.OtherPatient, Accept(session, 0x180F, 0x2A19, "55").Patient);
    }

    private static DeviceUsers Owned(DateTimeOffset since) => new(SampleReadings.Patient, since, UserSlots.None);

    private static DeviceUsers Shared(params UserSlot[] slots) => new(null, At, UserSlots.Of(slots));

    private static AcquisitionSession Session(DeviceUsers? users) =>
        new(SampleReadings.Patient, new DeviceDescriptor { Address = "CC:BB:AA:11:22:33" }, HubZone.OfReception, users: users);

    private static AcquiredReading Accept(AcquisitionSession session, BluetoothUuid service, BluetoothUuid characteristic, string hex)
    {
        SessionOutcome outcome = session.Accept(new IncomingPayload(service, characteristic, Convert.FromHexString(hex), At));
        Assert.Null(outcome.Rejected);
        return outcome.Readings.SingleOrDefault()!;
    }
}
