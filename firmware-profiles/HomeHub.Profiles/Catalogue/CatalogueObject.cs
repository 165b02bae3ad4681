using System.Text.Json;

namespace HomeHub.Profiles.Catalogue;

/// <summary>
/// One object of a file of the catalogue. Every key that is asked for is ticked off; <see cref="End"/> reports the others, so that a misspelt quirk is
/// not silently none. What is wrong is noted and reading goes on, so that an author sees all of it at once.
/// </summary>
internal sealed class CatalogueObject(JsonElement element, string path, CatalogueReading reading)
{
    private readonly HashSet<string> _known = [];

    public CatalogueObject Object(string key, bool isRequired)
    {
        if (!TryGet(key, isRequired, "an object", out JsonElement value))
        {
            return new CatalogueObject(default, path + key + ".", reading);
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            Wrong(key, "an object");
            value = default;
        }

        return new CatalogueObject(value, path + key + ".", reading);
    }

    public string? Text(string key, bool isRequired, Func<string, bool>? fits = null, string expected = "a text that is not empty")
    {
        if (!TryGet(key, isRequired, expected, out JsonElement value))
        {
            return null;
        }

        if (IsText(value) && (fits is null || fits(value.GetString()!)))
        {
            return value.GetString();
        }

        Wrong(key, expected);
        return null;
    }

    public IReadOnlyList<string> Texts(string key, bool isRequired, Func<string, bool>? fits = null, string expected = "texts that are not empty, none twice")
    {
        var texts = new List<string>();
        foreach ((int i, JsonElement item) in Items(key, isRequired, expected))
        {
            string? text = IsText(item) ? item.GetString() : null;
            if (text is null || (fits is not null && !fits(text)) || texts.Contains(text))
            {
                Wrong($"{key}[{i}]", expected);
            }
            else
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    public IReadOnlyList<CatalogueObject> Objects(string key, bool isRequired)
    {
        var objects = new List<CatalogueObject>();
        foreach ((int i, JsonElement item) in Items(key, isRequired, "a list of objects"))
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                objects.Add(new CatalogueObject(item, $"{path}{key}[{i}].", reading));
            }
            else
            {
                Wrong($"{key}[{i}]", "an object");
            }
        }

        return objects;
    }

    public bool Flag(string key, bool otherwise)
    {
        if (!TryGet(key, false, "", out JsonElement value))
        {
            return otherwise;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Wrong(key, "true or false");
        return otherwise;
    }

    public int? Number(string key, bool isRequired, int min, int max)
    {
        string expected = $"a whole number from {min} to {max}";
        if (!TryGet(key, isRequired, expected, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= min && number <= max)
        {
            return number;
        }

        Wrong(key, expected);
        return null;
    }

    public T Choice<T>(string key, bool isRequired, (string Name, T Value)[] choices)
        where T : struct, Enum
    {
        string expected = "one of " + string.Join(", ", choices.Select(choice => choice.Name));
        if (!TryGet(key, isRequired, expected, out JsonElement value))
        {
            return default;
        }

        string? text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        int found = Array.FindIndex(choices, choice => choice.Name == text);
        if (found >= 0)
        {
            return choices[found].Value;
        }

        Wrong(key, expected);
        return default;
    }

    /// <summary>How much was found wrong so far, anywhere in the file.</summary>
    public int ErrorCount => reading.Errors.Count;

    /// <summary>Reports keys that nobody asked for, and keys that stand there twice.</summary>
    public void End()
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        var seen = new HashSet<string>();
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!_known.Contains(property.Name))
            {
                Wrong(property.Name, "nothing: the key is not known here (docs/catalogue.md lists them)");
            }
            else if (!seen.Add(property.Name))
            {
                Wrong(property.Name, "the key once");
            }
        }
    }

    public void Wrong(string key, string expected) => reading.Errors.Add(new CatalogueError(reading.File, path + key, expected));

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString()!.Trim().Length > 0;

    private IEnumerable<(int Index, JsonElement Item)> Items(string key, bool isRequired, string expected)
    {
        if (!TryGet(key, isRequired, "a list: " + expected, out JsonElement value))
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array || (isRequired && value.GetArrayLength() == 0))
        {
            Wrong(key, (isRequired ? "a list that is not empty: " : "a list: ") + expected);
            return [];
        }

        return value.EnumerateArray().Select((item, i) => (i, item));
    }

    private bool TryGet(string key, bool isRequired, string expected, out JsonElement value)
    {
        _known.Add(key);
        value = default;
        if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out value))
        {
            return true;
        }

        // Where the object itself is missing or wrong, that was reported already.
        if (isRequired && element.ValueKind == JsonValueKind.Object)
        {
            Wrong(key, expected);
        }

        return false;
    }
}
