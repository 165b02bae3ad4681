using System.Text.Encodings.Web;
using System.Text.Json;
using HomeHub.Profiles.Catalogue;

namespace HomeHub.Gateway.Commands.Catalogue;

/// <summary>Lines of the commands for the catalogue with <c>--json</c>: keys are only ever added (docs/command-line.md).</summary>
internal static class CatalogueJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An entry on one line; with the pairing steps where a language is named.</summary>
    public static void Write(Stream output, CatalogueEntry entry, string? language)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteString("id", entry.Id);
            json.WriteString("kind", CatalogueNames.NameOf(entry.Kind));
            json.WriteString("manufacturer", entry.Manufacturer);
            json.WriteString("model", entry.Model);
            json.WriteString("state", CatalogueNames.NameOf(entry.State));
            json.WriteString("support", CatalogueNames.NameOf(entry.Support));
            json.WriteNumber("specialization", entry.Specialization);
            WriteTexts(json, "profiles", entry.Profiles);
            if (language is not null)
            {
                WriteTexts(json, "pairing", entry.Pairing[language]);
                WriteTexts(json, "sources", entry.Sources.Select(source => $"{source.Title} ({source.Reference})"));
                json.WriteString("note", entry.Note);
            }

            json.WriteStartObject("quirks");
            foreach ((string key, string value) in CatalogueQuirks.List(entry.Quirks))
            {
                json.WritePropertyName(key);
                json.WriteRawValue(value is "true" or "false" || int.TryParse(value, out _) ? value : $"\"{value}\"");
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        output.Write("\n"u8);
        output.Flush();
    }

    private static void WriteTexts(Utf8JsonWriter json, string key, IEnumerable<string> texts)
    {
        json.WriteStartArray(key);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
