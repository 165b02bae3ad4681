using System.Globalization;
using System.Text.Json;
using HomeHub.CloudRelay.Bundles;
using HomeHub.CloudRelay.Store;

namespace HomeHub.CloudRelay.Api;

/// <summary>Writes the versions of a resource as a Bundle of type <c>history</c> (FHIR R4, 3.1.0.9): fullUrl is absolute, request.url relative to the base.</summary>
internal static class HistoryBundle
{
    /// <summary>Writes it.</summary>
    /// <param name="json">Takes it.</param>
    /// <param name="baseUrl">The FHIR base.</param>
    /// <param name="resource">The resource, relative to it: <c>Observation/123</c>.</param>
    /// <param name="versions">Its versions, the newest first.</param>
    /// <param name="render">Gives the JSON of a version.</param>
    public static void Write(Utf8JsonWriter json, string baseUrl, string resource, IReadOnlyList<StoredResource> versions, Func<StoredResource, ReadOnlyMemory<byte>> render)
    {
        json.WriteStartObject();
        json.WriteString("resourceType"u8, "Bundle"u8);
        json.WriteString("type"u8, "history"u8);
        json.WriteNumber("total"u8, versions.Count);
        json.WriteStartArray("link"u8);
        json.WriteStartObject();
        json.WriteString("relation"u8, "self"u8);
        json.WriteString("url"u8, $"{baseUrl}/{resource}/_history");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("entry"u8);
        foreach (var version in versions)
        {
            WriteEntry(json, baseUrl, resource, version, render(version));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, string baseUrl, string resource, StoredResource version, ReadOnlyMemory<byte> content)
    {
        // A hub creates with its first word on a resource, also where that says that it was entered in error.
        var isFirst = version.Version == 1;
        json.WriteStartObject();
        json.WriteString("fullUrl"u8, $"{baseUrl}/{resource}");
        json.WritePropertyName("resource"u8);
        json.WriteRawValue(content.Span, skipInputValidation: true);
        json.WriteStartObject("request"u8);
        json.WriteString("method"u8, isFirst ? "POST"u8 : "PUT"u8);
        json.WriteString("url"u8, isFirst ? version.Kind.Name() : resource);
        json.WriteEndObject();
        json.WriteStartObject("response"u8);
        json.WriteString("status"u8, isFirst ? "201"u8 : "200"u8);
        json.WriteString("etag"u8, string.Create(CultureInfo.InvariantCulture, $"W/\"{version.Version}\""));
        json.WriteString("lastModified"u8, version.Received.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
