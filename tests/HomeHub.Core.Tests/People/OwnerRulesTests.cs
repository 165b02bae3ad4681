using HomeHub.Core.Identity;
using HomeHub.Core.People;
using HomeHub.Core.Time;
using HomeHub.Testing;

namespace HomeHub.Core.Tests.People;

/// <summary>A table: each row names the rule. Minutes count from the assignment; the record is received ten minutes after it.</summary>
public sealed class OwnerRulesTests
{
    private const string Alice = "Patient/alice", Bo = "Patient/bo", Nobody = "";

    private static readonly DateTimeOffset Assigned = SampleReadings.Start;
    private static readonly DateTimeOffset Received = Assigned.AddMinutes(10);

    [Theory]
    // One owner, no slots.
    [InlineData("owner: a record of now", "owner", null, StampUse.Mapped, 9, false, Alice, UnassignedReason.None)]
    [InlineData("owner: measured in the second of the assignment", "owner", null, StampUse.Mapped, 0, false, Alice, UnassignedReason.None)]
    [InlineData("owner: a loaned meter's record", "owner", null, StampUse.Mapped, -1, true, Nobody, UnassignedReason.OlderThanAssignment)]
    [InlineData("owner: a loaned meter's record, its clock never compared", "owner", null, StampUse.AsReported, -1, true, Nobody, UnassignedReason.OlderThanAssignment)]
    [InlineData("owner: a stamp that is believed", "owner", null, StampUse.AsReported, 1, true, Alice, UnassignedReason.None)]
    [InlineData("owner: no stamp, told as it was measured", "owner", null, StampUse.None, 10, false, Alice, UnassignedReason.None)]
    [InlineData("owner: no stamp, stored", "owner", null, StampUse.None, 10, true, Nobody, UnassignedReason.TimeNotKnown)]
    [InlineData("owner: a stamp that can't be used, stored", "owner", null, StampUse.NotUsable, 10, true, Nobody, UnassignedReason.TimeNotKnown)]
    [InlineData("owner: a stamp that can't be used may have been stored", "owner", null, StampUse.NotUsable, 10, false, Nobody, UnassignedReason.TimeNotKnown)]
    [InlineData("owner: every index is the owner's", "owner", 0, StampUse.Mapped, 1, false, Alice, UnassignedReason.None)]
    [InlineData("owner: the last index too", "owner", 254, StampUse.Mapped, 1, false, Alice, UnassignedReason.None)]
    [InlineData("owner: but the unknown user's is nobody's", "owner", 255, StampUse.Mapped, 1, false, Nobody, UnassignedReason.UnknownUser)]
    // All was told once since the assignment: what comes for the first time is newer.
    [InlineData("told all: no stamp, stored", "told", null, StampUse.None, 10, true, Alice, UnassignedReason.None)]
    [InlineData("told all: a stamp that can't be used", "told", null, StampUse.NotUsable, 10, true, Alice, UnassignedReason.None)]
    [InlineData("told all: a stamp that is older stays older", "told", null, StampUse.Mapped, -1, true, Nobody, UnassignedReason.OlderThanAssignment)]
    [InlineData("told all before the assignment shows nothing", "told-before", null, StampUse.NotUsable, 10, true, Nobody, UnassignedReason.TimeNotKnown)]
    [InlineData("told all after this record came shows nothing of it", "told-after", null, StampUse.NotUsable, 10, true, Nobody, UnassignedReason.TimeNotKnown)]
    // Slots: Alice has 1 since the assignment, Bo has 2 since five minutes later.
    [InlineData("slots: the slot's person", "slots", 1, StampUse.Mapped, 1, false, Alice, UnassignedReason.None)]
    [InlineData("slots: each since an own date", "slots", 2, StampUse.Mapped, 5, false, Bo, UnassignedReason.None)]
    [InlineData("slots: older than the slot's own date", "slots", 2, StampUse.Mapped, 4, false, Nobody, UnassignedReason.OlderThanAssignment)]
    [InlineData("slots: a slot nobody has", "slots", 3, StampUse.Mapped, 6, false, Nobody, UnassignedReason.SlotOfNobody)]
    [InlineData("slots: index 0 is a slot as any", "slots", 0, StampUse.Mapped, 6, false, Nobody, UnassignedReason.SlotOfNobody)]
    [InlineData("slots: the unknown user", "slots", 255, StampUse.Mapped, 6, false, Nobody, UnassignedReason.UnknownUser)]
    [InlineData("slots: a record that names no user", "slots", null, StampUse.Mapped, 6, false, Nobody, UnassignedReason.NoUserIndex)]
    [InlineData("slots: a time that is not known, stored", "slots", 1, StampUse.NotUsable, 10, true, Nobody, UnassignedReason.TimeNotKnown)]
    // Nobody.
    [InlineData("nobody uses the device", "nobody", null, StampUse.Mapped, 1, false, Nobody, UnassignedReason.DeviceOfNobody)]
    [InlineData("nobody uses the device, whatever user it names", "nobody", 1, StampUse.Mapped, 1, false, Nobody, UnassignedReason.DeviceOfNobody)]
    public void Whose_a_record_is(string rule, string users, int? index, StampUse use, int minutes, bool isStored, string patient, UnassignedReason reason)
    {
        var effective = new EffectiveTime(Assigned.AddMinutes(minutes), use);
        OwnerDecision decision = OwnerRules.Decide(Users(users), new OwnerFacts((byte?)index, effective, isStored, Received));
        Assert.True((patient, reason) == (decision.Patient.Key, decision.Reason), $"{rule}: {decision}");
        Assert.Equal(reason != UnassignedReason.None, decision.Patient.IsNobody);
    }

    /// <summary>The hub lost what it knew five minutes after the assignment.</summary>
    [Theory]
    [InlineData("owner", StampUse.Mapped, 5, true, 10, UnassignedReason.None)]
    [InlineData("owner", StampUse.Mapped, 4, true, 10, UnassignedReason.MaybeKnownBefore)]
    [InlineData("owner", StampUse.AsReported, 4, false, 10, UnassignedReason.MaybeKnownBefore)]
    [InlineData("owner", StampUse.Mapped, -1, true, 10, UnassignedReason.OlderThanAssignment)]
    [InlineData("owner", StampUse.None, 10, false, 10, UnassignedReason.None)]
    [InlineData("owner", StampUse.None, 10, true, 10, UnassignedReason.TimeNotKnown)]
    [InlineData("slots", StampUse.Mapped, 4, true, 10, UnassignedReason.MaybeKnownBefore)]
    // All was told between assignment and loss: what was told then may be what is not known any more.
    [InlineData("told", StampUse.NotUsable, 10, true, 10, UnassignedReason.TimeNotKnown)]
    [InlineData("told-after-loss", StampUse.NotUsable, 10, true, 10, UnassignedReason.None)]
    public void What_may_have_been_known_before_the_hub_lost_what_it_knew_is_nobodys(
        string users, StampUse use, int minutes, bool isStored, int received, UnassignedReason reason)
    {
        DeviceUsers device = users == "told-after-loss" ? Users("told") with { ToldAllAt = Assigned.AddMinutes(6) } : Users(users);
        var facts = new OwnerFacts(
            users == "slots" ? (byte)1 : null, new EffectiveTime(Assigned.AddMinutes(minutes), use), isStored, Assigned.AddMinutes(received), KnownSince: Assigned.AddMinutes(5));
        Assert.Equal(reason, OwnerRules.Decide(device, facts).Reason);
    }

    [Theory]
    [InlineData("owner", null, 10, Alice, UnassignedReason.None)]
    [InlineData("owner", 255, 10, Alice, UnassignedReason.None)]
    [InlineData("slots", null, 10, Alice, UnassignedReason.None)]
    [InlineData("slots", null, -1, Nobody, UnassignedReason.OlderThanAssignment)]
    [InlineData("nobody", null, 10, Nobody, UnassignedReason.DeviceOfNobody)]
    public void What_is_about_the_device_alone_goes_with_its_first_user(string users, int? index, int minutes, string patient, UnassignedReason reason)
    {
        var effective = new EffectiveTime(Assigned.AddMinutes(minutes), StampUse.Mapped);
        OwnerDecision decision = OwnerRules.Decide(Users(users), new OwnerFacts((byte?)index, effective, false, Received, ConcernsDevice: true));
        Assert.Equal((patient, reason), (decision.Patient.Key, decision.Reason));
    }

    [Theory]
    [InlineData(true, 1, Alice)]
    [InlineData(true, -1, Nobody)]
    [InlineData(false, 1, Nobody)]
    public void What_is_told_as_it_is_measured_has_the_time_of_its_reception_whatever_the_clock_says(bool isLive, int minutes, string patient)
    {
        var effective = new EffectiveTime(Assigned.AddMinutes(minutes), StampUse.NotUsable);
        OwnerDecision decision = OwnerRules.Decide(Users("owner"), new OwnerFacts(null, effective, false, effective.Instant, IsLive: isLive));
        Assert.Equal(patient, decision.Patient.Key);
    }

    [Fact]
    public void An_assignment_within_a_second_takes_the_records_of_that_second()
    {
        var users = new DeviceUsers(new PatientReference(Alice), Assigned.AddMilliseconds(900), UserSlots.None);
        OwnerDecision decision = OwnerRules.Decide(users, new OwnerFacts(null, new EffectiveTime(Assigned, StampUse.Mapped), false, Received));
        Assert.Equal(Alice, decision.Patient.Key);
    }

    [Fact]
    public void Every_reason_has_a_code_and_no_two_the_same()
    {
        string[] codes = [.. Enum.GetValues<UnassignedReason>().Where(reason => reason != UnassignedReason.None).Select(reason => reason.ToWire())];
        Assert.Equal(codes.Length, codes.Distinct().Count());
        Assert.Throws<ArgumentOutOfRangeException>(() => UnassignedReason.None.ToWire());
    }

    [Fact]
    public void A_slot_is_one_persons()
    {
        var alice = new UserSlot(1, new PatientReference(Alice), Assigned);
        Assert.Throws<ArgumentException>(() => UserSlots.Of([alice, alice with { Patient = new PatientReference(Bo) }]));
        Assert.Throws<ArgumentException>(() => UserSlots.Of([alice with { UserIndex = UserSlot.UnknownUser }]));
        UserSlots slots = UserSlots.Of([alice]);
        Assert.Same(slots, slots.With(1, alice.Patient, Received));
        Assert.Equal(UserSlots.Of([alice with { Patient = new PatientReference(Bo), AssignedAt = Received }]), slots.With(1, new PatientReference(Bo), Received));
        Assert.NotEqual(slots, UserSlots.None);
    }

    [Fact]
    public void Nobody_is_no_reference_that_can_be_read()
    {
        Assert.True(PatientReference.Nobody.IsNobody);
        Assert.False(PatientReference.TryParse(PatientReference.Nobody.Key, out _));
        Assert.False(new PatientReference(Alice).IsNobody);
    }

    private static DeviceUsers Users(string kind)
    {
        var alice = new PatientReference(Alice);
        var owner = new DeviceUsers(alice, Assigned, UserSlots.None);
        return kind switch
        {
            "owner" => owner,
            "told" => owner with { ToldAllAt = Assigned.AddMinutes(1) },
            "told-before" => owner with { ToldAllAt = Assigned.AddMinutes(-1) },
            "told-after" => owner with { ToldAllAt = Received.AddMinutes(1) },
            "slots" => new DeviceUsers(null, Assigned, UserSlots.Of([new(2, new(Bo), Assigned.AddMinutes(5)), new(1, alice, Assigned)])),
            "nobody" => new DeviceUsers(null, Assigned, UserSlots.None),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such users."),
        };
    }
}
