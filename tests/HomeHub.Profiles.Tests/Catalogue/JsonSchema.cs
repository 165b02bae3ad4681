using System.Text.Json;
using System.Text.RegularExpressions;

namespace HomeHub.Profiles.Tests.Catalogue;

/// <summary>As much of JSON Schema 2020-12 as the catalogue's schema uses; a keyword that is not known here fails, so that nothing goes unchecked.</summary>
internal sealed class JsonSchema(JsonElement root)
{
    /// <summary>Paths at which <paramref name="value"/> does not fit, each with the keyword.</summary>
    public IReadOnlyList<string> Check(JsonElement value)
    {
        var errors = new List<string>();
        Check(root, value, "$", errors);
        return errors;
    }

    private void Check(JsonElement schema, JsonElement value, string path, List<string> errors)
    {
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            JsonElement rule = keyword.Value;
            bool fits = true;
            switch (keyword.Name)
            {
                case "$schema" or "$defs" or "title" or "description" or "default" or "additionalProperties":
                    break;
                case "$ref":
                    Check(Resolve(rule.GetString()!), value, path, errors);
                    break;
                case "type":
                    fits = HasType(value, rule.GetString()!);
                    break;
                case "enum":
                    fits = rule.EnumerateArray().Any(choice => JsonElement.DeepEquals(choice, value));
                    break;
                case "pattern":
                    fits = value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, rule.GetString()!);
                    break;
                case "minLength":
                    fits = value.ValueKind != JsonValueKind.String || value.GetString()!.Length >= rule.GetInt32();
                    break;
                case "minimum":
                    fits = value.ValueKind != JsonValueKind.Number || value.GetDouble() >= rule.GetDouble();
                    break;
                case "maximum":
                    fits = value.ValueKind != JsonValueKind.Number || value.GetDouble() <= rule.GetDouble();
                    break;
                case "minItems":
                    fits = value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= rule.GetInt32();
                    break;
                case "uniqueItems":
                    fits = value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Select(item => item.GetRawText()).Distinct().Count() == value.GetArrayLength();
                    break;
                case "items":
                    EachItem(value, (item, i) => Check(rule, item, $"{path}[{i}]", errors));
                    break;
                case "contains":
                    fits = value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => Fits(rule, item));
                    break;
                case "required":
                    fits = value.ValueKind != JsonValueKind.Object || rule.EnumerateArray().All(key => value.TryGetProperty(key.GetString()!, out _));
                    break;
                case "properties":
                    CheckProperties(schema, rule, value, path, errors);
                    break;
                case "anyOf":
                    fits = rule.EnumerateArray().Any(choice => Fits(choice, value));
                    break;
                default:
                    throw new NotSupportedException($"The schema uses {keyword.Name}, which this check does not know.");
            }

            if (!fits)
            {
                errors.Add($"{path}: {keyword.Name}");
            }
        }
    }

    private bool Fits(JsonElement schema, JsonElement value)
    {
        var errors = new List<string>();
        Check(schema, value, "", errors);
        return errors.Count == 0;
    }

    private void CheckProperties(JsonElement schema, JsonElement properties, JsonElement value, string path, List<string> errors)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        bool isClosed = schema.TryGetProperty("additionalProperties", out JsonElement more) && more.ValueKind == JsonValueKind.False;
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (properties.TryGetProperty(property.Name, out JsonElement rule))
            {
                Check(rule, property.Value, $"{path}.{property.Name}", errors);
            }
            else if (isClosed)
            {
                errors.Add($"{path}.{property.Name}: additionalProperties");
            }
        }
    }

    private JsonElement Resolve(string reference)
    {
        JsonElement found = root;
        foreach (string name in reference["#/".Length..].Split('/'))
        {
            found = found.GetProperty(name);
        }

        return found;
    }

    private static void EachItem(JsonElement value, Action<JsonElement, int> check)
    {
        int i = 0;
        foreach (JsonElement item in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToArray() : [])
        {
            check(item, i++);
        }
    }

    private static bool HasType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new NotSupportedException(type),
    };
}
