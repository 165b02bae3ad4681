using HomeHub.CloudRelay.Bundles;
using HomeHub.CloudRelay.Intake;
using HomeHub.CloudRelay.Store;
using HomeHub.Contract;
using Xunit.Abstractions;

namespace HomeHub.CloudRelay.Tests.Store;

/// <summary>Readings that are taken back: updates that say entered in error.</summary>
public sealed class UpdateTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset At = new(2026, 3, 14, 7, 43, 15, TimeSpan.FromHours(1));

    private readonly Guid _uuid = Guid.Parse("1d4a9d1e-6f0b-4a0e-9a54-2f6b8d0c1a09");

    [Fact]
    public void An_update_is_a_new_version_and_the_one_before_stays()
    {
        using var store = new StoreFixture();
        store.Take(Original());
        store.Now = store.Now.AddHours(1);
        Assert.Equal([_uuid], store.Take(Update()).Stored);
        store.Reopen();
        Assert.Equal([(2, "entered-in-error"), (1, "final")], Versions(store));
        Assert.Equal((3L, 1L), (store.Count("resource"), store.Count("earlier_version")));
    }

    [Fact]
    public void The_same_update_again_is_a_duplicate_however_often_and_in_whichever_encoding()
    {
        using var store = new StoreFixture();
        store.Take(Original());
        store.Take(Update());
        foreach (var encoding in Enum.GetValues<BundleEncoding>())
        {
            var sample = Update();
            var parsed = new ParsedBundle();
            Assert.Null(sample.Read(parsed));
            store.Writer.Begin();
            var outcome = store.Writer.Add(sample.Incoming(encoding), parsed, sample.Bytes().Length, store.Now);
            store.Writer.Commit();
            Assert.Empty(outcome.Stored);
            Assert.Equal([_uuid], outcome.Duplicate);
        }

        Assert.Equal(2, Versions(store).Count);
    }

    /// <summary>Original and update, each sent twice, in every order, one Bundle a transaction or all in one, with a restart in between or not.</summary>
    [Fact]
    public void In_whichever_order_they_come_it_ends_as_entered_in_error_and_nothing_is_there_twice()
    {
        foreach (string order in Orders("OOUU"))
        {
            foreach (bool restarts in new[] { false, true })
            {
                using var store = new StoreFixture();
                store.Take(new SampleBundle().WithDevices());
                foreach (char sent in order)
                {
                    Assert.Null(store.Take(sent == 'O' ? Original(withDevices: false) : Update()).Reason);
                    if (restarts)
                    {
                        store.Reopen();
                    }
                }

                var versions = Versions(store);
                Assert.Equal(order[0] == 'O' ? [(2, "entered-in-error"), (1, "final")] : [(1, "entered-in-error")], versions);
                Assert.Equal(3L, store.Count("resource"));
            }
        }
    }

    [Fact]
    public void Original_and_update_may_be_committed_at_once_and_what_was_rolled_back_leaves_nothing()
    {
        using var store = new StoreFixture();
        store.Writer.Begin();
        Add(store, Original());
        Add(store, Update());
        store.Writer.Rollback();
        Assert.Equal(0L, store.Count("resource"));
        store.Writer.Begin();
        Add(store, Original());
        Assert.Equal([_uuid], Add(store, Update()).Stored);
        Assert.Equal([_uuid], Add(store, Update()).Duplicate);
        store.Writer.Commit();
        Assert.Equal([(2, "entered-in-error"), (1, "final")], Versions(store));
    }

    [Fact]
    public void An_update_with_other_content_is_another_version_and_searched_by_what_it_says()
    {
        using var store = new StoreFixture();
        store.Take(Original());
        store.Take(Update());
        Assert.Equal([_uuid], store.Take(Update().With("\"150020\"", "\"150021\"")).Stored);
        Assert.Equal([3, 2, 1], Versions(store).Select(version => version.Version));
        Assert.Equal(1L, store.Count("resource r JOIN coding c ON c.code_set = r.codes WHERE c.code = '150021' AND r.kind = 3"));
    }

    [Fact]
    public void A_store_of_before_there_were_versions_is_taken_over()
    {
        using var store = new StoreFixture();
        store.Take(Original());
        store.Store.Connection.Execute("DROP INDEX resource_updated; ALTER TABLE resource DROP COLUMN version; DROP TABLE earlier_version; DROP TABLE owner; PRAGMA user_version = 1");
        store.Reopen();
        Assert.Equal([(1, "final")], Versions(store));
        store.Take(Update());
        Assert.Equal([(2, "entered-in-error"), (1, "final")], Versions(store));
    }

    [Fact]
    public void Another_subjects_Observation_is_not_updated()
    {
        using var store = new StoreFixture();
        store.Take(Original());
        var other = new SampleBundle { Patient = "Patient/p2" }.WithBloodPressure(_uuid, At, value: Identifier()).TakenBack();
        var outcome = store.Take(other);
        Assert.Equal(ReasonCode.UpdateOfOtherSubject, outcome.Reason);
        Assert.Equal([new RejectedEntry(_uuid, ReasonCode.UpdateOfOtherSubject)], outcome.Rejected);
        Assert.Equal([(1, "final")], Versions(store));
    }

    [Fact]
    public void What_another_hub_sent_is_updated_only_by_the_one_that_the_enrolment_puts_in_its_place()
    {
        var (first, second, third, stranger) = (new SampleBundle().Hub, Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        using var store = new StoreFixture(Enrolled($$"""
            {"{{first}}":["Patient/p1"],"{{second}}":["Patient/p1"],"{{third}}":["Patient/p1","replaces:{{first}}"],"{{stranger}}":["Patient/p2","replaces:{{first}}"]}
            """));
        store.Take(Original());
        Assert.Equal(ReasonCode.NotEnrolled, store.Take(Update(stranger)).Reason);
        Assert.Equal([new RejectedEntry(_uuid, ReasonCode.UpdateOfOtherHub)], store.Take(Update(second)).Rejected);
        Assert.Equal([(1, "final")], Versions(store));
        Assert.Equal([_uuid], store.Take(Update(third)).Stored);

        // It stays what the first one sent, whoever updated it.
        Assert.Equal(ReasonCode.UpdateOfOtherHub, store.Take(Update(second)).Reason);
        Assert.Equal([_uuid], store.Take(Update()).Duplicate);
        Assert.Equal([(2, "entered-in-error"), (1, "final")], Versions(store));
    }

    [Fact]
    public void Without_an_enrolment_too_a_hub_updates_only_what_it_sent_itself()
    {
        using var store = new StoreFixture();
        store.Take(Original());
        var other = Guid.NewGuid();

        // That it sends the reading once more does not make it the one that sent it first.
        var again = new SampleBundle { Hub = other }.WithBloodPressure(_uuid, At);
        Assert.Equal([_uuid], store.Take(again).Duplicate);
        Assert.Equal([new RejectedEntry(_uuid, ReasonCode.UpdateOfOtherHub)], store.Take(Update(other)).Rejected);
        store.Reopen();
        Assert.Equal(ReasonCode.UpdateOfOtherHub, store.Take(Update(other)).Reason);
        Assert.Equal([(1, "final")], Versions(store));
    }

    [Theory]
    [InlineData("replaces:")]
    [InlineData("replaces:hub")]
    [InlineData("replaces:6d4a9d1e-6f0b-4a0e-9a54-2f6b8d0c1a00")]
    public void An_enrolment_names_another_hub_by_its_uuid(string item) =>
        Assert.Throws<FormatException>(() => Enrolled($$"""{"6d4a9d1e-6f0b-4a0e-9a54-2f6b8d0c1a00":["{{item}}"]}"""));

    [Fact]
    public void Of_a_refused_update_nothing_is_stored()
    {
        using var store = new StoreFixture();
        store.Take(Original());
        var other = new SampleBundle { Patient = "Patient/p2" }.WithBloodPressure(_uuid, At, value: Identifier()).With("\"150020\"", "\"150021\"").TakenBack();
        string[] tables = ["resource", "earlier_version", "key", "alias", "code_set", "coding", "subject", "bundle", "figure"];
        long[] before = [.. tables.Select(store.Count)];
        Assert.Equal(ReasonCode.UpdateOfOtherSubject, store.Take(other).Reason);
        Assert.Equal(before, tables.Select(store.Count));
    }

    [Fact]
    public void The_longest_span_counts_that_of_an_update_too()
    {
        using var store = new StoreFixture();
        store.Take(Original());
        store.Take(Update().With("\"effectiveDateTime\":\"2026-03-14T07:43:15+01:00\"", "\"effectivePeriod\":{\"start\":\"2026-03-01\",\"end\":\"2026-03-20\"}"));
        store.Reopen();
        Assert.Equal(1L, store.Count($"figure WHERE name = 'max-span-ms' AND value = {20L * 24 * 60 * 60 * 1000}"));
    }

    [Fact]
    public void An_update_is_stored_also_where_what_it_updates_can_not_be_read_any_more()
    {
        using var store = new StoreFixture();
        store.Take(Original());
        store.Take(Update());
        store.Store.Connection.Execute("UPDATE bundle SET payload = x'7b7d'");
        store.Reopen();
        Assert.Equal([_uuid], store.Take(Update()).Stored);
    }

    /// <summary>Each of them alone would have decompressed the Bundle of the originals once more, while nobody else could write.</summary>
    [Fact]
    public void A_thousand_updates_of_one_Bundle_read_it_once()
    {
        const int Count = 1_000;
        using var store = new StoreFixture();
        Guid[] uuids = [.. Enumerable.Range(0, Count).Select(_ => Guid.NewGuid())];
        var (originals, updates) = (new SampleBundle().WithDevices(), new SampleBundle());
        foreach (var uuid in uuids)
        {
            originals.WithTemperature(uuid, "2026-03-14");
            updates.WithTemperature(uuid, "2026-03-14").TakenBack();
        }

        var whole = originals.Bytes().Length;
        Assert.Equal(Count + 2, Take(originals));
        var first = Allocated(uuids[..(Count / 2)]);
        Assert.Equal(Count / 2, Take(updates));
        var again = Allocated(uuids[(Count / 2)..]);
        Assert.Equal((long)Count, store.Count("earlier_version"));
        output.WriteLine($"{Count / 2} updates of a Bundle of {whole} bytes, one Bundle each: {first} bytes allocated; as many duplicates of another one: {again}");
        Assert.True(first < 20L * whole && again < 20L * whole, $"{first} and {again} bytes allocated, for Bundles of {whole}.");

        int Take(SampleBundle sample)
        {
            var parsed = new ParsedBundle();
            Assert.Null(sample.Read(parsed));
            store.Writer.Begin();
            var stored = store.Writer.Add(sample.Incoming(BundleEncoding.Brotli), parsed, sample.Bytes().Length, store.Now).Stored.Count;
            store.Writer.Commit();
            return stored;
        }

        long Allocated(Guid[] which)
        {
            var allocated = 0L;
            foreach (var uuid in which)
            {
                var sample = new SampleBundle().WithTemperature(uuid, "2026-03-14").TakenBack();
                var (parsed, incoming, bytes) = (new ParsedBundle(), sample.Incoming(BundleEncoding.Brotli), sample.Bytes().Length);
                Assert.Null(sample.Read(parsed));
                store.Writer.Begin();
                var before = GC.GetAllocatedBytesForCurrentThread();
                Assert.Null(store.Writer.Add(incoming, parsed, bytes, store.Now).Reason);
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                store.Writer.Commit();
            }

            return allocated;
        }
    }

    [Fact]
    public void Created_and_updated_in_one_Bundle_is_refused()
    {
        using var store = new StoreFixture();
        var both = new SampleBundle().WithDevices().WithBloodPressure(_uuid, At).WithBloodPressure(Guid.NewGuid(), At).TakenBack();
        Assert.Equal(ReasonCode.InvalidEntry, store.Take(both).Reason);
        Assert.Equal(0L, store.Count("resource"));
    }

    /// <summary>What the URL names is new, but a second identifier is that of another person's Observation.</summary>
    [Fact]
    public void Another_subjects_Observation_is_not_updated_by_a_second_identifier_either()
    {
        using var store = new StoreFixture();
        store.Take(Original());
        var other = new SampleBundle { Patient = "Patient/p2" }.WithBloodPressure(Guid.NewGuid(), At).With(Identifiers, $"{Identifiers}{Named(Identifier())},").TakenBack();
        Assert.Equal(ReasonCode.UpdateOfOtherSubject, store.Take(other).Reason);
        Assert.Equal([(1, "final")], Versions(store));
    }

    [Fact]
    public void An_update_that_names_two_Observations_is_refused()
    {
        using var store = new StoreFixture();
        var second = Guid.NewGuid();
        store.Take(Original());
        store.Take(new SampleBundle().WithBloodPressure(second, At.AddMinutes(1)));
        Assert.Equal(ReasonCode.InvalidEntry, store.Take(new SampleBundle().WithBloodPressure(second, At).TakenBack()).Reason);
        Assert.Equal([(1, "final")], Versions(store));
        Assert.Equal(0L, store.Count("earlier_version"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Created_under_two_identifiers_and_updated_by_the_second_in_one_Bundle_is_refused(bool wasThere)
    {
        using var store = new StoreFixture();
        store.Take(wasThere ? Original() : new SampleBundle().WithDevices());
        var both = new SampleBundle().WithBloodPressure(_uuid, At).With(Identifiers, $"{Identifiers}{Named("second")},").WithBloodPressure(Guid.NewGuid(), At, value: "second").TakenBack();
        Assert.Equal(ReasonCode.InvalidEntry, store.Take(both).Reason);
        Assert.Equal(wasThere ? 3L : 2L, store.Count("resource"));
    }

    [Theory]
    [InlineData("\"status\":\"entered-in-error\"", "\"status\":\"final\"", ReasonCode.UpdateNotPermitted)]
    [InlineData("\"status\":\"entered-in-error\"", "\"status\":\"amended\"", ReasonCode.UpdateNotPermitted)]
    [InlineData("\"url\":\"Observation?", "\"url\":\"Device?", ReasonCode.InvalidEntry)]
    [InlineData("\"url\":\"Observation?identifier=", "\"url\":\"Observation?code=", ReasonCode.MissingIdentifier)]
    [InlineData("\"url\":\"Observation?", "\"url\":\"Observation\",\"ifNoneExist\":\"", ReasonCode.InvalidEntry)]
    [InlineData("\"method\":\"PUT\"", "\"method\":\"PATCH\"", ReasonCode.InvalidEntry)]
    [InlineData("\"method\":\"PUT\"", "\"method\":\"POST\"", ReasonCode.InvalidEntry)]
    public void What_is_no_update_of_an_Observation_to_entered_in_error_is_refused(string text, string other, ReasonCode reason) =>
        Assert.Equal(reason, Update().With(text, other).Read(new ParsedBundle()));

    [Fact]
    public void A_device_is_not_updated()
    {
        var bundle = new SampleBundle().WithCuff()
            .With("\"method\":\"POST\",\"url\":\"Device\",\"ifNoneExist\":\"", "\"method\":\"PUT\",\"url\":\"Device?");
        Assert.Equal(ReasonCode.UpdateNotPermitted, bundle.Read(new ParsedBundle()));
    }

    private static StoreOutcome Add(StoreFixture store, SampleBundle sample)
    {
        var parsed = new ParsedBundle();
        Assert.Null(sample.Read(parsed));
        return store.Writer.Add(sample.Incoming(), parsed, sample.Bytes().Length, store.Now);
    }

    private static IEnumerable<string> Orders(string rest) => rest.Length <= 1
        ? [rest]
        : rest.Distinct().SelectMany(first => Orders(rest.Remove(rest.IndexOf(first, StringComparison.Ordinal), 1)).Select(tail => first + tail));

    private const string Identifiers = "\"identifier\":[";

    private static string Named(string value) => $$"""{"system":"{{SampleBundle.Ccid}}","value":"{{value}}"}""";

    private static string Identifier() => $"CCBBAAFFFE112233-p1-150020-{(long)(At.DateTime - new DateTime(2000, 1, 1)).TotalSeconds}";

    private static Enrolment Enrolled(string json)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, json);
            return Enrolment.Load(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private SampleBundle Original(bool withDevices = true) => (withDevices ? new SampleBundle().WithDevices() : new SampleBundle()).WithBloodPressure(_uuid, At);

    private SampleBundle Update(Guid? hub = null) =>
        (hub is { } other ? new SampleBundle { Hub = other } : new SampleBundle()).WithBloodPressure(_uuid, At).TakenBack();

    private List<(int Version, string Status)> Versions(StoreFixture store)
    {
        using var reader = store.Store.OpenReader();
        var found = ResourceCatalog.Find(reader, ResourceKey.FromGuid(_uuid))!;
        return [.. ResourceCatalog.Versions(reader, found.Seq).Select(version => (version.Version, Status(new ResourceCatalog().Json(reader, version))))];
    }

    private static string Status(ReadOnlyMemory<byte> json) => System.Text.Json.JsonDocument.Parse(json).RootElement.GetProperty("status").GetString()!;
}
