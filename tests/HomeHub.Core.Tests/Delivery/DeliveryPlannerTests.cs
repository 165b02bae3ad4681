using HomeHub.Core.Buffering;
using HomeHub.Core.Delivery;
using HomeHub.Core.Identity;
using HomeHub.Testing;
using HomeHub.Testing.Delivery;

namespace HomeHub.Core.Tests.Delivery;

public sealed class DeliveryPlannerTests
{
    private static readonly DateTimeOffset Now = SampleReadings.Start;
    private static readonly HubIdentity Hub = HubIdentity.OfTools;
    private readonly DeliveryPlanner _planner = new(new DeliveryOptions { MaxInFlightBundles = 2 });

    [Fact]
    public void A_committed_Bundle_ends_the_way_of_its_readings()
    {
        InFlightBundle bundle = Start(1, 2);
        Settlement settled = _planner.Settle(Committed(bundle), Now)!;
        Assert.Equal([1, 2], settled.Receipted.Select(reading => reading.Id));
        Assert.Empty(settled.Rejected);
        Assert.True(_planner.IsIdle);
    }

    [Fact]
    public void A_second_receipt_changes_nothing()
    {
        InFlightBundle bundle = Start(1);
        _planner.Settle(Committed(bundle), Now);
        Assert.Null(_planner.Settle(Committed(bundle), Now));
        Assert.Null(_planner.Settle(Refused(bundle, "not-fhir"), Now));
    }

    [Fact]
    public void A_receipt_that_does_not_name_each_entry_settles_nothing()
    {
        InFlightBundle bundle = Start(1, 2);
        DeliveryReceipt whole = Committed(bundle);
        DeliveryReceipt[] doubtful = [whole with { Accepted = [] }, whole with { Accepted = [whole.Accepted[0]] }, whole with { Accepted = [whole.Accepted[0], Guid.NewGuid()] }];
        foreach (DeliveryReceipt receipt in doubtful)
        {
            Assert.True(_planner.IsIncomplete(receipt));
            Assert.Null(_planner.Settle(receipt, Now));
        }

        _planner.NotePublished(bundle, Now);
        Assert.Same(bundle, Assert.Single(_planner.Due(Now.AddSeconds(30))));
        Assert.False(_planner.IsIncomplete(whole));
        Assert.Equal(2, _planner.Settle(whole, Now)!.Receipted.Count);
    }

    [Fact]
    public void Without_receipt_it_is_due_again_after_the_time_and_not_before()
    {
        InFlightBundle bundle = Start(1);
        Assert.Same(bundle, Assert.Single(_planner.Due(Now)));
        Assert.False(_planner.NotePublished(bundle, Now));
        Assert.Empty(_planner.Due(Now.AddSeconds(29.9)));
        Assert.Equal(Now.AddSeconds(30), _planner.NextDueAt);
        Assert.Same(bundle, Assert.Single(_planner.Due(Now.AddSeconds(30))));
        Assert.True(_planner.NotePublished(bundle, Now.AddSeconds(30)));
    }

    [Fact]
    public void A_failed_publication_is_due_soon()
    {
        InFlightBundle bundle = Start(1);
        _planner.NotePublished(bundle, Now);
        _planner.NotePublishFailed(bundle, Now);
        Assert.Single(_planner.Due(Now.AddSeconds(1)));
    }

    [Fact]
    public void What_is_under_way_is_bounded()
    {
        Start(1);
        Assert.True(_planner.HasRoom);
        Start(2);
        Assert.False(_planner.HasRoom);
        _planner.Enqueue(new DeliveryGroup([Reading(3)]));
        Assert.Null(_planner.TakeGroup(Now));
    }

    [Fact]
    public void The_same_Bundle_is_not_under_way_twice()
    {
        InFlightBundle bundle = Start(1);
        Assert.False(_planner.Start(bundle, Now));
    }

    [Fact]
    public void Named_readings_go_each_alone_and_the_rest_together()
    {
        InFlightBundle bundle = Start(1, 2, 3, 4);
        Settlement settled = _planner.Settle(Refused(bundle, "invalid-entry", bundle.Encoded.Entries[1].Id, bundle.Encoded.Entries[3].Id), Now)!;
        Assert.Empty(settled.Receipted);
        Assert.Empty(settled.Rejected);
        Assert.Equal([[1, 3], [2], [4]], Groups());
    }

    [Fact]
    public void Where_none_is_named_the_halves_go()
    {
        InFlightBundle bundle = Start(1, 2, 3);
        _planner.Settle(Refused(bundle, "not-fhir"), Now);
        Assert.Equal([[1], [2, 3]], Groups());
    }

    [Fact]
    public void A_single_reading_refused_is_refused_for_good()
    {
        InFlightBundle bundle = Start(7);
        Settlement settled = _planner.Settle(Refused(bundle, "not-fhir"), Now)!;
        Assert.Equal([new RejectedReading(7, "not-fhir")], settled.Rejected);
        Assert.Empty(Groups());
    }

    [Fact]
    public void The_entrys_own_reason_goes_before_the_Bundles()
    {
        InFlightBundle bundle = Start(7);
        var receipt = new DeliveryReceipt(
            Recipient.CareTeam, bundle.Encoded.Id, "invalid-entry", [], [new RefusedEntry(bundle.Encoded.Entries[0].Id, "missing-identifier")]);
        Assert.Equal("missing-identifier", Assert.Single(_planner.Settle(receipt, Now)!.Rejected).Reason);
    }

    [Fact]
    public void A_patient_who_is_not_enrolled_refuses_all_at_once()
    {
        InFlightBundle bundle = Start(1, 2, 3);
        Settlement settled = _planner.Settle(Refused(bundle, RefusalReasons.NotEnrolled), Now)!;
        Assert.Equal([1, 2, 3], settled.Rejected.Select(reading => reading.Id));
        Assert.Empty(Groups());
    }

    [Fact]
    public void A_missing_Device_is_sent_along_and_a_missing_Observation_waited_for()
    {
        InFlightBundle bundle = Start(1);
        Settlement settled = _planner.Settle(Refused(bundle, RefusalReasons.UnknownReference), Now)!;
        Assert.True(settled.ForgetDevices);
        DeliveryGroup withDevices = _planner.TakeGroup(Now)!;
        Assert.True(withDevices.WithDevices);

        for (int tries = 1; tries < 5; tries++)
        {
            bundle = Start(withDevices);
            settled = _planner.Settle(Refused(bundle, RefusalReasons.UnknownReference), Now)!;
            Assert.Empty(settled.Rejected);
            Assert.Null(_planner.TakeGroup(Now.AddSeconds(29)));
            withDevices = _planner.TakeGroup(Now.AddSeconds(30))!;
        }

        bundle = Start(withDevices);
        Assert.Equal(RefusalReasons.UnknownReference, Assert.Single(_planner.Settle(Refused(bundle, RefusalReasons.UnknownReference), Now)!.Rejected).Reason);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void One_bad_reading_among_many_is_found_and_the_others_get_through(int seed)
    {
        var random = new Random(seed);
        var bad = new HashSet<long> { random.Next(1, 64), random.Next(1, 64) };
        var receipted = new List<long>();
        var rejected = new List<long>();
        _planner.Enqueue(new DeliveryGroup([.. Enumerable.Range(1, 63).Select(id => Reading(id))]));
        int steps = 0;
        while (_planner.TakeGroup(Now) is { } group && steps++ < 1000)
        {
            InFlightBundle bundle = Start(group);
            bool refused = group.Readings.Any(reading => bad.Contains(reading.Id));
            Settlement settled = _planner.Settle(refused ? Refused(bundle, "not-fhir") : Committed(bundle), Now)!;
            receipted.AddRange(settled.Receipted.Select(reading => reading.Id));
            rejected.AddRange(settled.Rejected.Select(reading => reading.Id));
        }

        Assert.Equal(bad.Order(), rejected.Order());
        Assert.Equal(Enumerable.Range(1, 63).Select(id => (long)id).Except(bad), receipted.Order());
    }

    private List<long[]> Groups()
    {
        var groups = new List<long[]>();
        while (_planner.TakeGroup(Now) is { } group)
        {
            groups.Add([.. group.Readings.Select(reading => reading.Id)]);
        }

        return groups;
    }

    private InFlightBundle Start(params long[] ids) => Start(new DeliveryGroup([.. ids.Select(Reading)]));

    private InFlightBundle Start(DeliveryGroup group)
    {
        BundleEntry[] entries =
            [.. group.Readings.Select((reading, index) => new BundleEntry(EncoderDouble.EntryOf(Hub, reading.Record), index))];
        var bundle = new InFlightBundle(group, new EncodedBundle(Guid.NewGuid(), entries, entries.Length), new UplinkPayload("json", default), []);
        Assert.True(_planner.Start(bundle, Now));
        return bundle;
    }

    private static BufferedReading Reading(long id) => new(id, SampleReadings.BloodPressure((int)id));

    private static DeliveryReceipt Committed(InFlightBundle bundle) =>
        new(Recipient.CareTeam, bundle.Encoded.Id, null, [.. bundle.Encoded.Entries.Select(entry => entry.Id)], []);

    private static DeliveryReceipt Refused(InFlightBundle bundle, string reason, params Guid[] entries) =>
        new(Recipient.CareTeam, bundle.Encoded.Id, reason, [], [.. entries.Select(entry => new RefusedEntry(entry, reason))]);
}
