using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HomeHub.Profiles.Catalogue;

namespace HomeHub.Profiles.Tests.Catalogue;

/// <summary>The published schema and the reader say the same, of the files and of files with a mistake.</summary>
public sealed class SchemaTests
{
    private static readonly JsonElement SchemaText = JsonDocument.Parse(CatalogueFolder.Bytes("device-model.schema.json")).RootElement;
    private static readonly JsonSchema Schema = new(SchemaText);

    public static TheoryData<string> Files => [.. CatalogueFolder.Files];

    /// <summary>Changes to a file that is right: path of a key, and a value for it as JSON; null takes the key away.</summary>
    public static TheoryData<string, string?> Mistakes()
    {
        var mistakes = new TheoryData<string, string?>();
        foreach (JsonProperty property in SchemaText.GetProperty("properties").EnumerateObject())
        {
            mistakes.Add(property.Name, null);
            mistakes.Add(property.Name, "null");
            mistakes.Add(property.Name, "17");
            mistakes.Add(property.Name, "\"\"");
            mistakes.Add(property.Name, "[]");
            mistakes.Add(property.Name, "{}");
        }

        foreach (string part in new[] { "recognition", "quirks", "pairing" })
        {
            mistakes.Add($"{part}.notKnown", "true");
            foreach (JsonProperty property in SchemaText.GetProperty("properties").GetProperty(part).GetProperty("properties").EnumerateObject())
            {
                foreach (string? value in new[] { null, "true", "\"x\"", "[\"\"]", "[\"ab\"]", "[\"twice\", \"twice\"]", "[\"020E\"]", "[\"020e\"]", "0", "15", "86401", "{}" })
                {
                    mistakes.Add($"{part}.{property.Name}", value);
                }
            }
        }

        mistakes.Add("notKnown", "true");
        mistakes.Add("id", "\"Upper-Case\"");
        mistakes.Add("id", "\"two--dashes\"");
        mistakes.Add("id", "\"-first\"");
        mistakes.Add("specialization", "528383");
        mistakes.Add("specialization", "528391.5");
        mistakes.Add("profiles", "[\"181\"]");
        mistakes.Add("profiles", "[\"49535343-FE7D-4AE5-8FA9-9FAFD205E455\"]");
        mistakes.Add("recognition", "{\"services\":[\"1810\"]}");
        mistakes.Add("recognition", "{\"companyIds\":[\"020E\"]}");
        mistakes.Add("sources", "[{\"title\":\"t\"}]");
        mistakes.Add("sources", "[{\"title\":\"t\",\"reference\":\" \"}]");
        mistakes.Add("sources", "[{\"title\":\"t\",\"reference\":\"r\",\"url\":\"u\"}]");
        mistakes.Add("note", "\" \"");
        return mistakes;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_fits_the_schema(string file)
    {
        using var json = JsonDocument.Parse(CatalogueFolder.Bytes(file));
        Assert.Empty(Schema.Check(json.RootElement));
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Schema_and_reader_refuse_the_same(string key, string? value)
    {
        JsonObject file = JsonNode.Parse(CatalogueFolder.Bytes("blood-pressure/and-ua-651ble.json"))!.AsObject();
        string[] path = key.Split('.');
        JsonObject holder = path.Length == 1 ? file : file[path[0]]!.AsObject();
        if (value is null)
        {
            holder.Remove(path[^1]);
        }
        else
        {
            holder[path[^1]] = JsonNode.Parse(value);
        }

        string text = file.ToJsonString();
        using var json = JsonDocument.Parse(text);
        IReadOnlyList<string> bySchema = Schema.Check(json.RootElement);
        CatalogueReadResult byReader = CatalogueReader.Read("f", Encoding.UTF8.GetBytes(text));
        Assert.True(
            (bySchema.Count == 0) == (byReader.Errors.Count == 0),
            $"{key} = {value}: the schema says [{string.Join("; ", bySchema)}], the reader [{string.Join("; ", byReader.Errors)}]");
        Assert.True(byReader.Errors.Count == 0 || byReader.Errors.Any(error => error.Key.StartsWith(path[0], StringComparison.Ordinal)), string.Join("; ", byReader.Errors));
    }

    [Fact]
    public void Every_key_of_the_schema_has_a_description()
    {
        var without = new List<string>();
        Walk(SchemaText, "$", without);
        Assert.Empty(without);
    }

    private static void Walk(JsonElement schema, string path, List<string> without)
    {
        if (schema.TryGetProperty("properties", out JsonElement properties) && schema.TryGetProperty("type", out _))
        {
            foreach (JsonProperty property in properties.EnumerateObject())
            {
                if (!property.Value.TryGetProperty("description", out JsonElement said) || said.GetString()!.Length < 5)
                {
                    without.Add($"{path}.{property.Name}");
                }

                Walk(property.Value, $"{path}.{property.Name}", without);
            }
        }
    }
}
