using HomeHub.CloudRelay.Bundles;
using HomeHub.CloudRelay.Intake;
using HomeHub.CloudRelay.Store;
using HomeHub.Contract;

namespace HomeHub.CloudRelay.Tests.Store;

/// <summary>What people let the recipient have: a Consent that changes.</summary>
public sealed class ConsentTests
{
    private readonly Guid _uuid = Guid.Parse("2e5b0e2f-7a1c-4b1f-8b65-3a7c9e1d2b10");

    [Fact]
    public void The_first_one_is_stored_and_a_later_one_is_a_new_version()
    {
        using var store = new StoreFixture();
        Assert.Equal([_uuid], store.Take(Consent("active", "2026-11-26T09:30:00+01:00")).Stored);
        Assert.Equal([_uuid], store.Take(Consent("inactive", "2026-11-26T10:30:00+01:00")).Stored);
        Assert.Equal([(2, "inactive"), (1, "active")], Versions(store));
        Assert.Equal([_uuid], store.Take(Consent("inactive", "2026-11-26T10:30:00+01:00")).Duplicate);
    }

    /// <summary>A hub whose clock was wrong when a consent was withdrawn must not go unheard.</summary>
    [Fact]
    public void The_last_one_holds_whatever_time_it_names()
    {
        using var store = new StoreFixture();
        store.Take(Consent("active", "2026-11-26T10:30:00+01:00"));
        Assert.Equal([_uuid], store.Take(Consent("inactive", "1970-01-01T01:00:00+01:00")).Stored);
        Assert.Equal([(2, "inactive"), (1, "active")], Versions(store));
    }

    /// <summary>Other than a reading, which only its own hub takes back: a person's word is to be heard from whichever hub the person has.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void With_an_enrolment_another_hub_of_the_person_tells_it_too(bool isEnrolled)
    {
        var other = Guid.NewGuid();
        var file = Path.GetTempFileName();
        File.WriteAllText(file, $$"""{"{{new SampleBundle().Hub}}":["Patient/p1"],"{{other}}":["Patient/p1"]}""");
        using var store = new StoreFixture(isEnrolled ? Enrolment.Load(file) : null);
        File.Delete(file);
        store.Take(Consent("active", "2026-11-26T09:30:00+01:00"));
        Assert.Equal(isEnrolled ? null : ReasonCode.UpdateOfOtherHub, store.Take(Consent("inactive", "2026-11-26T10:30:00+01:00", other)).Reason);
        Assert.Equal(isEnrolled ? 2 : 1, Versions(store).Count);
    }

    [Fact]
    public void It_is_the_same_persons_for_good()
    {
        using var store = new StoreFixture();
        store.Take(Consent("active", "2026-11-26T09:30:00+01:00"));
        Assert.Equal(
            ReasonCode.UpdateOfOtherSubject,
            store.Take(Consent("active", "2026-11-26T10:30:00+01:00").With("Patient/p1", "Patient/p2")).Reason);
        Assert.Equal([(1, "active")], Versions(store));
    }

    [Theory]
    [InlineData("\"status\":\"active\",", "")]
    [InlineData("\"status\":\"active\"", "\"status\":\"final\"")]
    [InlineData("\"dateTime\":\"2026-11-26T09:30:00+01:00\",", "")]
    [InlineData("\"dateTime\":\"2026-11-26T09:30:00+01:00\"", "\"dateTime\":\"yesterday\"")]
    [InlineData("\"patient\":{\"reference\":\"Patient/p1\"},", "")]
    public void What_is_no_Consent_is_refused(string text, string other)
    {
        Assert.Equal(ReasonCode.InvalidEntry, Consent("active", "2026-11-26T09:30:00+01:00").With(text, other).Read(new ParsedBundle()));
    }

    [Fact]
    public void It_can_not_take_the_place_of_something_else()
    {
        using var store = new StoreFixture();
        store.Take(new SampleBundle().WithDevices().Add(
            _uuid,
            "Observation",
            $$$"""{"resourceType":"Observation","identifier":[{"system":"urn:ietf:rfc:3986","value":"urn:uuid:{{{_uuid}}}"}],"status":"final","code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]},"subject":{"reference":"Patient/p1"},"effectiveDateTime":"2026-11-26T09:30:00+01:00","valueQuantity":{"value":61}}""",
            "urn:ietf:rfc:3986",
            $"urn:uuid:{_uuid}"));
        Assert.Equal(ReasonCode.InvalidEntry, store.Take(Consent("active", "2026-11-26T10:30:00+01:00")).Reason);
    }

    private static IReadOnlyList<(int Version, string Status)> Versions(StoreFixture store)
    {
        using var connection = store.Store.OpenReader();
        var catalog = new ResourceCatalog();
        long seq = (long)connection.Scalar("SELECT seq FROM resource WHERE kind = 4")!;
        return
        [
            .. ResourceCatalog.Versions(connection, seq).Select(version =>
                (version.Version, System.Text.Json.JsonDocument.Parse(catalog.Json(connection, version)).RootElement.GetProperty("status").GetString()!)),
        ];
    }

    private SampleBundle Consent(string status, string at, Guid? hub = null) => new SampleBundle { Hub = hub ?? new SampleBundle().Hub }.AddRaw($$$"""
        {"fullUrl":"urn:uuid:{{{_uuid}}}","resource":{"resourceType":"Consent","identifier":[{"system":"urn:ietf:rfc:3986","value":"urn:uuid:{{{_uuid}}}"}],"status":"{{{status}}}","scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]},"category":[{"coding":[{"system":"http://loinc.org","code":"59284-0"}]}],"patient":{"reference":"Patient/p1"},"dateTime":"{{{at}}}","policyRule":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"OPTIN"}]},"provision":{"type":"deny","provision":[{"type":"permit","actor":[{"role":{"coding":[{"code":"IRCP"}]},"reference":{"display":"care-team"}}],"code":[{"text":"blood-pressure"}]}]}},"request":{"method":"PUT","url":"Consent?identifier=urn:ietf:rfc:3986|urn:uuid:{{{_uuid}}}"}}
        """.Trim());
}
