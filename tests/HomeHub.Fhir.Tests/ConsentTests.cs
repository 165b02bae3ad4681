using System.Buffers;
using System.Text;
using System.Text.Json;
using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;
using HomeHub.Core.Delivery;
using HomeHub.Core.Identity;

namespace HomeHub.Fhir.Tests;

/// <summary>What a recipient is told of a person's consent.</summary>
public sealed class ConsentTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 26, 9, 30, 0, TimeSpan.FromHours(1));
    private static readonly PatientReference Patient = new("Patient/p1"), Identified = new("P0042", "urn:oid:2.999.10.20.30");
    private static readonly Recipient CareTeam = Recipient.CareTeam;

    /// <summary>Bundles and Consents of each shape.</summary>
    internal static IEnumerable<string> Jsons()
    {
        foreach (PatientReference patient in new[] { Patient, Identified })
        {
            string bundle = Encode(Extract(patient)).Json;
            yield return bundle;
            yield return Consent(bundle).GetRawText();
        }
    }

    [Fact]
    public void It_permits_what_was_given_since_the_chosen_day_and_denies_what_was_withdrawn()
    {
        JsonElement consent = Consent(Encode(Extract(Patient)).Json);
        Assert.Equal(("active", "2026-11-26T10:30:00+01:00", "Patient/p1"), (
            consent.GetProperty("status").GetString(), consent.GetProperty("dateTime").GetString(), consent.GetProperty("patient").GetProperty("reference").GetString()));
        JsonElement provision = consent.GetProperty("provision");
        Assert.Equal("deny", provision.GetProperty("type").GetString());
        JsonElement[] parts = [.. provision.GetProperty("provision").EnumerateArray()];
        Assert.Equal([("permit", "blood-pressure"), ("deny", "weight")], parts.Select(part => (part.GetProperty("type").GetString()!, part.GetProperty("code")[0].GetProperty("text").GetString()!)));
        Assert.Equal("2026-11-01T00:00:00+01:00", parts[0].GetProperty("dataPeriod").GetProperty("start").GetString());
        Assert.False(parts[1].TryGetProperty("dataPeriod", out _));
        Assert.All(parts, part => Assert.Equal("care-team", part.GetProperty("actor")[0].GetProperty("reference").GetProperty("display").GetString()));
        Assert.DoesNotContain("nurse", consent.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_inactive_once_nothing_may_be_had()
    {
        ConsentExtract extract = Extract(Patient) with { Decisions = [Withdrawn(Patient)] };
        Assert.Equal("inactive", Consent(Encode(extract).Json).GetProperty("status").GetString());
    }

    [Fact]
    public void The_same_person_and_recipient_have_one_Consent_and_each_content_a_Bundle_of_its_own()
    {
        (EncodedBundle before, string json) = Encode(Extract(Patient));
        (EncodedBundle after, string changed) = Encode(Extract(Patient) with { Decisions = [Withdrawn(Patient)] });
        Assert.Equal(before.Entries, after.Entries);
        Assert.NotEqual(before.Id, after.Id);
        Assert.Equal(before.Id, Encode(Extract(Patient)).Bundle.Id);
        Assert.NotEqual(before.Entries, Encode(Extract(Patient) with { Recipient = new Recipient("family") }).Bundle.Entries);
        string url = $"Consent?identifier=urn:ietf:rfc:3986|urn:uuid:{before.Entries[0].Id}";
        Assert.All([json, changed], one => Assert.Equal(
            ("PUT", url), (Entry(one, 0).GetProperty("request").GetProperty("method").GetString(), Entry(one, 0).GetProperty("request").GetProperty("url").GetString())));
    }

    [Fact]
    public void A_patient_known_by_an_identifier_goes_along()
    {
        (EncodedBundle bundle, string json) = Encode(Extract(Identified));
        Assert.Equal(2, bundle.Entries.Count);
        Assert.Equal("Patient", Entry(json, 0).GetProperty("resource").GetProperty("resourceType").GetString());
        Assert.Equal(Entry(json, 0).GetProperty("fullUrl").GetString(), Consent(json).GetProperty("patient").GetProperty("reference").GetString());
    }

    private static ConsentExtract Extract(PatientReference patient) => new(
        patient,
        CareTeam,
        [
            new ConsentDecision(patient, DataKinds.BloodPressure, CareTeam, ConsentAnswer.Given, At, "nurse 7", new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.FromHours(1))),
            Withdrawn(patient),
        ]);

    private static ConsentDecision Withdrawn(PatientReference patient) =>
        new(patient, DataKinds.Weight, CareTeam, ConsentAnswer.Withdrawn, At.AddHours(1), "nurse 7");

    private static (EncodedBundle Bundle, string Json) Encode(ConsentExtract extract)
    {
        var output = new ArrayBufferWriter<byte>();
        EncodedBundle bundle = Samples.Encoder.EncodeConsent(Samples.Hub, extract, output);
        return (bundle, Encoding.UTF8.GetString(output.WrittenSpan));
    }

    private static JsonElement Entry(string bundle, int index) => JsonSerializer.Deserialize<JsonElement>(bundle).GetProperty("entry")[index];

    private static JsonElement Consent(string bundle) => JsonSerializer.Deserialize<JsonElement>(bundle).GetProperty("entry").EnumerateArray()
        .Select(entry => entry.GetProperty("resource")).Single(resource => resource.GetProperty("resourceType").GetString() == "Consent");
}
