using System.Buffers;
using System.Text;
using HomeHub.Core.Consent;
using HomeHub.Core.Delivery;
using HomeHub.Core.Identity;
using HomeHub.Fhir.Identity;

namespace HomeHub.Fhir.Writing;

/// <summary>
/// Writes what a person lets a recipient have as a FHIR Consent (R4): nothing may be had but what a provision permits, since the day that the person chose; what may be
/// had no more is denied since its withdrawal. The newest takes the place of the one before.
/// </summary>
internal static class ConsentWriter
{
    private static ReadOnlySpan<byte> Scope =>
        "\",\"scope\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/consentscope\",\"code\":\"patient-privacy\"}]},\"category\":[{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"59284-0\"}]}],\"patient\":{\"reference\":\""u8;

    private static ReadOnlySpan<byte> Rule =>
        "\",\"policyRule\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-ActCode\",\"code\":\"OPTIN\"}]},\"provision\":{\"type\":\"deny\",\"provision\":["u8;

    private static ReadOnlySpan<byte> Actor =>
        "\"},\"actor\":[{\"role\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-ParticipationType\",\"code\":\"IRCP\"}]},\"reference\":{\"display\":\""u8;

    private static ReadOnlySpan<byte> Class =>
        "\"}}],\"class\":[{\"system\":\"http://hl7.org/fhir/resource-types\",\"code\":\"Observation\"}],\"code\":[{\"coding\":["u8;

    /// <summary>Writes the Bundle: the Patient when known by an identifier, and the Consent.</summary>
    public static EncodedBundle Write(JsonBuffer json, HubFragments hub, ConsentExtract extract, IBufferWriter<byte> output)
    {
        PatientFragment patient = hub.Of(extract.Patient);
        Guid id = NameUuid.Create(hub.Hub.Space, Encoding.UTF8.GetBytes($"consent {extract.Recipient.Slug} {extract.Patient.Key}"));
        List<BundleEntry> entries = [];
        json.Raw("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["u8);
        if (!extract.Patient.IsLogical)
        {
            entries.Add(new BundleEntry(patient.Id, -1));
            Open(json, patient.Id);
            json.Raw(patient.Json);
            json.Raw(","u8);
            json.Raw(patient.Request);
            json.Raw("},"u8);
        }

        entries.Add(new BundleEntry(id, -1));
        Open(json, id);
        WriteConsent(json, id, extract, patient);
        json.Raw(",\"request\":{\"method\":\"PUT\",\"url\":\"Consent?identifier=urn:ietf:rfc:3986|urn:uuid:"u8);
        json.Uuid(id);
        json.Raw("\"}}]}"u8);
        output.Write(json.Span);
        return new EncodedBundle(NameUuid.Create(id, Encoding.UTF8.GetBytes(extract.ContentHash)), entries, 0);
    }

    private static void Open(JsonBuffer json, Guid id)
    {
        json.Raw("{\"fullUrl\":\"urn:uuid:"u8);
        json.Uuid(id);
        json.Raw("\",\"resource\":"u8);
    }

    private static void WriteConsent(JsonBuffer json, Guid id, ConsentExtract extract, PatientFragment patient)
    {
        json.Raw("{\"resourceType\":\"Consent\",\"identifier\":[{\"system\":\"urn:ietf:rfc:3986\",\"value\":\"urn:uuid:"u8);
        json.Uuid(id);
        json.Raw("\"}],\"status\":\""u8);
        json.Raw(extract.IsActive ? "active"u8 : "inactive"u8);
        json.Raw(Scope);
        json.Raw(patient.Reference);
        json.Raw("\"},\"dateTime\":\""u8);
        json.Time(extract.DecidedAt);
        json.Raw(Rule);
        for (int i = 0; i < extract.Decisions.Count; i++)
        {
            if (i > 0)
            {
                json.Raw(","u8);
            }

            WriteProvision(json, extract.Decisions[i], extract.Recipient.Slug);
        }

        json.Raw("]}}"u8);
    }

    private static void WriteProvision(JsonBuffer json, ConsentDecision decision, string recipient)
    {
        json.Raw(decision.Answer == ConsentAnswer.Given ? "{\"type\":\"permit\""u8 : "{\"type\":\"deny\""u8);
        json.Raw(",\"period\":{\"start\":\""u8);
        json.Time(decision.At);
        json.Raw(Actor);
        json.Raw(JsonBuffer.Escape(recipient));
        json.Raw(Class);
        string[] codes = CodesOf(decision.Kind);
        for (int i = 0; i < codes.Length; i++)
        {
            json.Raw(i > 0 ? ",{\"system\":\"http://loinc.org\",\"code\":"u8 : "{\"system\":\"http://loinc.org\",\"code\":"u8);
            json.Text(codes[i]);
            json.Raw("}"u8);
        }

        json.Raw("],\"text\":"u8);
        json.Text(decision.Kind.ToName());
        json.Raw("}]"u8);
        if (decision.From is { } from)
        {
            json.Raw(",\"dataPeriod\":{\"start\":\""u8);
            json.Time(from);
            json.Raw("\"}"u8);
        }

        json.Raw("}"u8);
    }

    /// <summary>LOINC codes of what a kind mostly holds; the kind's own name stands beside them and says all of it.</summary>
    private static string[] CodesOf(DataKinds kind) => kind switch
    {
        DataKinds.BloodPressure => ["85354-9"],
        DataKinds.Weight => ["29463-7"],
        DataKinds.Glucose => ["2339-0", "15074-8"],
        DataKinds.Oximetry => ["2708-6", "59408-5"],
        DataKinds.Heart => ["8867-4"],
        DataKinds.Temperature => ["8310-5"],
        DataKinds.Activity => ["55423-8"],
        DataKinds.Room => ["60832-3", "65643-9"],
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
