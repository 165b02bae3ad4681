using HomeHub.CloudRelay.Bundles;
using HomeHub.CloudRelay.Intake;
using HomeHub.CloudRelay.Store;
using HomeHub.Contract;

namespace HomeHub.CloudRelay.Tests.Store;

public sealed class BundleWriterTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 14, 7, 43, 15, TimeSpan.FromHours(1));

    [Fact]
    public void What_was_committed_is_there_after_opening_again_and_is_a_duplicate_then()
    {
        using var store = new StoreFixture();
        var uuid = Guid.NewGuid();
        var sample = new SampleBundle().WithDevices().WithBloodPressure(uuid, At);
        Assert.Equal(3, store.Take(sample).Stored.Count);
        store.Reopen();
        var again = store.Take(sample);
        Assert.Empty(again.Stored);
        Assert.Equal(3, again.Duplicate.Count);
        Assert.Equal((3L, 1L), (store.Count("resource"), store.Count("bundle")));
    }

    [Fact]
    public void What_was_not_committed_is_not_there()
    {
        using var store = new StoreFixture();
        var sample = new SampleBundle().WithDevices().WithBloodPressure(Guid.NewGuid(), At);
        var parsed = new ParsedBundle();
        Assert.Null(sample.Read(parsed));
        store.Writer.Begin();
        store.Writer.Add(sample.Incoming(), parsed, sample.Bytes().Length, store.Now);
        store.Reopen();
        Assert.Equal(0L, store.Count("resource"));
        Assert.Equal(3, store.Take(sample).Stored.Count);
    }

    [Fact]
    public void After_a_rollback_the_next_Bundle_gets_codes_and_subjects_that_are_really_stored()
    {
        using var store = new StoreFixture();
        var sample = new SampleBundle().WithDevices().WithBloodPressure(Guid.NewGuid(), At);
        var parsed = new ParsedBundle();
        Assert.Null(sample.Read(parsed));
        store.Writer.Begin();
        store.Writer.Add(sample.Incoming(), parsed, sample.Bytes().Length, store.Now);
        store.Writer.Rollback();
        Assert.Equal(3, store.Take(sample).Stored.Count);
        Assert.Equal((1L, 1L, 2L), (store.Count("subject"), store.Count("code_set"), store.Count("coding")));
        Assert.Equal(0L, store.Count("resource r WHERE r.bundle NOT IN (SELECT seq FROM bundle)"));
    }

    [Fact]
    public void The_same_identifier_under_another_uuid_is_the_same_resource_and_both_uuids_lead_to_it()
    {
        using var store = new StoreFixture();
        var (first, second, bits) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        store.Take(new SampleBundle().WithDevices().WithBloodPressure(first, At));
        var other = new SampleBundle { Cuff = Guid.NewGuid(), Gateway = Guid.NewGuid() }.WithDevices().WithBloodPressure(second, At).WithBits(bits, second, "2026-03-14", "2026-03-14");
        var outcome = store.Take(other);
        Assert.Equal([bits], outcome.Stored);
        Assert.Equal([other.Gateway, other.Cuff, second], outcome.Duplicate);

        store.Reopen();
        using var reader = store.Store.OpenReader();
        Assert.Equal(first, ResourceCatalog.Find(reader, ResourceKey.FromGuid(second))!.Uuid.ToGuid());
        Assert.Equal(new SampleBundle().Cuff, ResourceCatalog.Find(reader, ResourceKey.FromGuid(other.Cuff))!.Uuid.ToGuid());

        // A later Bundle may refer to the uuid that was never stored itself.
        Assert.Null(store.Take(new SampleBundle { Cuff = other.Cuff, Gateway = other.Gateway }.WithBloodPressure(Guid.NewGuid(), At.AddHours(1))).Reason);
    }

    /// <summary>To call it a duplicate would tell its hub that it is safe, and it would be gone.</summary>
    [Fact]
    public void A_reading_is_no_duplicate_of_what_is_stored_as_another_subjects()
    {
        using var store = new StoreFixture();
        var (uuid, other) = (Guid.NewGuid(), new SampleBundle { Patient = "Patient/p2" });
        store.Take(new SampleBundle().WithDevices().WithTemperature(uuid, "2026-03-14").WithBloodPressure(Guid.NewGuid(), At, value: "same"));
        var again = other.WithTemperature(uuid, "2026-03-14");
        Assert.Equal([new RejectedEntry(uuid, ReasonCode.InvalidEntry)], store.Take(again).Rejected);
        Assert.Equal(ReasonCode.InvalidEntry, store.Take(new SampleBundle { Patient = "Patient/p2" }.WithBloodPressure(Guid.NewGuid(), At, value: "same")).Reason);
        Assert.Equal((4L, 1L), (store.Count("resource"), store.Count("subject")));
    }

    [Fact]
    public void An_Observation_is_no_duplicate_of_a_Device_that_has_its_uuid()
    {
        using var store = new StoreFixture();
        store.Take(new SampleBundle().WithDevices());
        Assert.Equal(ReasonCode.InvalidEntry, store.Take(new SampleBundle().WithTemperature(new SampleBundle().Gateway, "2026-03-14")).Reason);
        Assert.Equal(2L, store.Count("resource"));
    }

    [Fact]
    public void What_a_Device_that_is_known_by_another_name_measured_on_itself_is_a_duplicate()
    {
        using var store = new StoreFixture();
        var clock = Guid.NewGuid();
        store.Take(new SampleBundle().WithDevices().WithCoincidentTimestamp(clock, At));
        var again = new SampleBundle { Cuff = Guid.NewGuid() }.WithCoincidentTimestamp(clock, At);
        again.Add(again.Cuff, "Device", $$$"""
            {"resourceType":"Device","identifier":[{"system":"{{{SampleBundle.MacSystem}}}","value":"{{{again.Address}}}"}]}
            """, SampleBundle.MacSystem, again.Address);
        Assert.Equal([clock, again.Cuff], store.Take(again).Duplicate);
    }

    [Fact]
    public void Two_entries_of_a_Bundle_with_one_identifier_are_one_resource()
    {
        using var store = new StoreFixture();
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        var outcome = store.Take(new SampleBundle().WithDevices().WithBloodPressure(first, At).WithBloodPressure(second, At));
        Assert.Equal([second], outcome.Duplicate);
        Assert.Equal(3L, store.Count("resource"));
    }

    [Fact]
    public void A_device_is_known_by_either_of_its_identifiers()
    {
        using var store = new StoreFixture();
        store.Take(new SampleBundle().WithCuff());
        var sample = new SampleBundle { Cuff = Guid.NewGuid() };
        sample.Add(sample.Cuff, "Device", $$$"""
            {"resourceType":"Device","identifier":[{"system":"{{{SampleBundle.MacSystem}}}","value":"{{{sample.Address}}}"}]}
            """, SampleBundle.MacSystem, sample.Address);
        Assert.Equal([sample.Cuff], store.Take(sample).Duplicate);
    }

    [Fact]
    public void Two_patients_in_one_Bundle_are_refused_and_nothing_of_it_is_stored()
    {
        using var store = new StoreFixture();
        var two = new SampleBundle { Patient = "Patient/p2" }.WithBloodPressure(Guid.NewGuid(), At);
        var one = new SampleBundle().WithDevices().WithBloodPressure(Guid.NewGuid(), At);
        var entry = two.Json()["{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[".Length..^2];
        var outcome = store.Take(one.AddRaw(entry));
        Assert.Equal(ReasonCode.MixedPatients, outcome.Reason);
        Assert.Equal(0L, store.Count("resource"));
    }

    [Fact]
    public void A_Patient_may_come_as_a_resource_and_two_of_them_are_mixed_patients()
    {
        using var store = new StoreFixture();
        var uuid = Guid.NewGuid();
        var good = new SampleBundle { Patient = $"urn:uuid:{uuid}" }.WithPatient(uuid, "urn:oid:2.999", "P1").WithDevices().WithTemperature(Guid.NewGuid(), "2026-03-14");
        Assert.Null(store.Take(good).Reason);
        var bad = new SampleBundle { Patient = $"urn:uuid:{uuid}" }.WithPatient(Guid.NewGuid(), "urn:oid:2.999", "P2").WithTemperature(Guid.NewGuid(), "2026-03-14");
        Assert.Equal(ReasonCode.MixedPatients, store.Take(bad).Reason);
    }

    [Fact]
    public void Enrolment_may_name_a_patient_by_identifier()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, $$"""{"{{new SampleBundle().Hub}}":["urn:oid:2.999|P1"]}""");
        using var store = new StoreFixture(Enrolment.Load(file));
        File.Delete(file);
        var uuid = Guid.NewGuid();
        Assert.Null(store.Take(new SampleBundle { Patient = $"urn:uuid:{uuid}" }.WithPatient(uuid, "urn:oid:2.999", "P1").WithDevices().WithTemperature(Guid.NewGuid(), "2026-03-14")).Reason);
        Assert.Null(store.Take(new SampleBundle { Patient = $"urn:uuid:{uuid}" }.WithTemperature(Guid.NewGuid(), "2026-03-14")).Reason);
        var other = Guid.NewGuid();
        Assert.Equal(
            ReasonCode.NotEnrolled,
            store.Take(new SampleBundle { Patient = $"urn:uuid:{other}" }.WithPatient(other, "urn:oid:2.999", "P9").WithTemperature(Guid.NewGuid(), "2026-03-14")).Reason);
        Assert.Null(store.Take(new SampleBundle().WithCoincidentTimestamp(Guid.NewGuid(), At)).Reason);
        Assert.Equal(ReasonCode.NotEnrolled, store.Take(new SampleBundle { Hub = Guid.NewGuid() }.WithCoincidentTimestamp(Guid.NewGuid(), At)).Reason);
    }

    [Fact]
    public void Keys_that_share_their_leading_half_are_told_apart()
    {
        using var store = new StoreFixture();
        var (one, two) = (Guid.Parse("0d5f0f6e-2a6e-4b7c-8000-000000000001"), Guid.Parse("0d5f0f6e-2a6e-4b7c-8000-000000000002"));
        Assert.Equal(ResourceKey.FromGuid(one).Hash, ResourceKey.FromGuid(two).Hash);
        store.Take(new SampleBundle().WithDevices().WithTemperature(one, "2026-03-14"));
        Assert.Equal([two], store.Take(new SampleBundle().WithTemperature(two, "2026-03-14")).Stored);
        Assert.Equal([one], store.Take(new SampleBundle().WithTemperature(one, "2026-03-14")).Duplicate);
    }

    [Fact]
    public void LastUpdated_never_goes_back_with_the_clock()
    {
        using var store = new StoreFixture();
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        store.Take(new SampleBundle().WithDevices().WithTemperature(first, "2026-03-14"));
        store.Now -= TimeSpan.FromDays(400);
        store.Reopen();
        store.Take(new SampleBundle().WithTemperature(second, "2026-03-14"));
        using var reader = store.Store.OpenReader();
        Assert.Equal(
            ResourceCatalog.Find(reader, ResourceKey.FromGuid(first))!.Received,
            ResourceCatalog.Find(reader, ResourceKey.FromGuid(second))!.Received);
    }

    [Fact]
    public void A_folder_has_one_relay()
    {
        using var store = new StoreFixture();
        Assert.Throws<IOException>(() => RelayStore.Open(store.Folder, "care-team"));
    }

    [Fact]
    public void A_store_of_a_later_version_is_left_alone()
    {
        using var store = new StoreFixture();
        store.Store.Connection.Execute("PRAGMA user_version = 99");
        var error = Assert.Throws<StoreVersionException>(store.Reopen);
        Assert.Contains("99", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Payloads_of_dead_letters_are_bounded_and_the_oldest_go_first()
    {
        using var store = new StoreFixture();
        using var letters = new DeadLetterWriter(store.Store.Connection, maxPayloadsMiB: 1);
        for (var i = 0; i < 20; i++)
        {
            letters.Add(new DeadLetter(
                DeadLetterOrigin.Intake, new BundleTopic(Guid.NewGuid(), "care-team", Guid.NewGuid(), BundleEncoding.Json), "not-json", [], null, new byte[100 * 1024], store.Now));
        }

        Assert.Equal(20L, store.Count("dead_letter"));
        Assert.Equal(10L, store.Count("dead_letter WHERE payload IS NOT NULL AND seq > 10"));
        Assert.Equal(0L, store.Count("dead_letter WHERE payload IS NOT NULL AND seq <= 10"));
    }
}
