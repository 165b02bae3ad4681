using System.Reflection;
using System.Text.Json;
using HomeHub.CloudRelay.Bundles;

namespace HomeHub.CloudRelay.Api;

/// <summary>What the API can do, in FHIR's own words (<c>GET /fhir/metadata</c>).</summary>
internal static class CapabilityStatement
{
    private static readonly (string Name, string Type)[] Common =
        [("_id", "token"), ("identifier", "token"), ("_lastUpdated", "date")];

    private static readonly (string Name, string Type)[] OfObservation =
        [.. Common, ("code", "token"), ("subject", "reference"), ("patient", "reference"), ("date", "date")];

    private static readonly (string Name, string Type)[] OfConsent = [.. Common, ("patient", "reference")];

    /// <summary>The software's version.</summary>
    public static string Version { get; } =
        typeof(CapabilityStatement).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>Writes the statement.</summary>
    public static void Write(Utf8JsonWriter json, string baseUrl, DateTimeOffset date)
    {
        json.WriteStartObject();
        json.WriteString("resourceType"u8, "CapabilityStatement"u8);
        json.WriteString("status"u8, "active"u8);
        json.WriteString("date"u8, date);
        json.WriteString("kind"u8, "instance"u8);
        json.WriteStartObject("software"u8);
        json.WriteString("name"u8, "HomeHub cloud relay"u8);
        json.WriteString("version"u8, Version);
        json.WriteEndObject();
        json.WriteStartObject("implementation"u8);
        json.WriteString("description"u8, "What HomeHub gateways measured, as they sent it. Read-only."u8);
        json.WriteString("url"u8, baseUrl);
        json.WriteEndObject();
        json.WriteString("fhirVersion"u8, "4.0.1"u8);
        json.WriteStartArray("format"u8);
        json.WriteStringValue("application/fhir+json"u8);
        json.WriteEndArray();
        json.WriteStartArray("rest"u8);
        json.WriteStartObject();
        json.WriteString("mode"u8, "server"u8);
        json.WriteStartArray("resource"u8);
        WriteResource(json, ResourceKind.Observation, OfObservation);
        WriteResource(json, ResourceKind.Device, Common);
        WriteResource(json, ResourceKind.Patient, Common);
        WriteResource(json, ResourceKind.Consent, OfConsent);
        WriteResource(json, ResourceKind.Location, Common);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteResource(Utf8JsonWriter json, ResourceKind kind, (string Name, string Type)[] parameters)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, kind.Name());
        json.WriteStartArray("interaction"u8);
        foreach (var interaction in (string[])["read", "vread", "history-instance", "search-type"])
        {
            json.WriteStartObject();
            json.WriteString("code"u8, interaction);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("versioning"u8, "versioned"u8);
        json.WriteStartArray("searchParam"u8);
        foreach (var (name, type) in parameters)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, name);
            json.WriteString("type"u8, type);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
