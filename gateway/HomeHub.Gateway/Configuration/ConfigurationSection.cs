using System.Text.Json;
using HomeHub.Gateway.Commands;

namespace HomeHub.Gateway.Configuration;

/// <summary>
/// One object of the configuration file. Every key that is asked for is ticked off; <see cref="End"/> refuses the others, so that a misspelt
/// key is not silently the default. Errors name the key by its path.
/// </summary>
internal sealed class ConfigurationSection(JsonElement element, string path)
{
    private readonly HashSet<string> _known = [];

    public ConfigurationSection Section(string name)
    {
        if (!TryGet(name, out JsonElement value))
        {
            return new ConfigurationSection(default, path + name + ".");
        }

        return value.ValueKind == JsonValueKind.Object
            ? new ConfigurationSection(value, path + name + ".")
            : throw Wrong(name, "an object");
    }

    public string? Text(string name)
    {
        if (!TryGet(name, out JsonElement value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : throw Wrong(name, "a text that is not empty");
    }

    public IReadOnlyList<string>? Texts(string name, string expected, Func<string, bool> isRight, int max)
    {
        if (!TryGet(name, out JsonElement value))
        {
            return null;
        }

        string[] texts = value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : "")]
            : [];
        bool isWhole = texts.Length is > 0 && texts.Length <= max && texts.Distinct().Count() == texts.Length && texts.All(isRight);
        return isWhole ? texts : throw Wrong(name, $"a list of 1 to {max}, each once: {expected}");
    }

    public int Number(string name, int otherwise, int min, int max)
    {
        if (!TryGet(name, out JsonElement value))
        {
            return otherwise;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= min && number <= max
            ? number
            : throw Wrong(name, $"a whole number from {min} to {max}");
    }

    public bool Flag(string name)
    {
        if (!TryGet(name, out JsonElement value))
        {
            return false;
        }

        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(name, "true or false");
    }

    public T Choice<T>(string name, T otherwise, params (string Name, T Value)[] choices)
    {
        if (!TryGet(name, out JsonElement value))
        {
            return otherwise;
        }

        string? text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        foreach ((string choice, T chosen) in choices)
        {
            if (choice == text)
            {
                return chosen;
            }
        }

        throw Wrong(name, "one of " + string.Join(", ", choices.Select(choice => choice.Name)));
    }

    /// <summary>Refuses keys that nobody asked for.</summary>
    public void End()
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!_known.Contains(property.Name))
            {
                throw new UsageException($"The configuration key {path}{property.Name} is not known (docs/configuration.md lists them).");
            }
        }
    }

    /// <summary>The error for a key whose value can't be used.</summary>
    public UsageException Wrong(string name, string expected) => new($"The configuration key {path}{name} must be {expected}.");

    private bool TryGet(string name, out JsonElement value)
    {
        _known.Add(name);
        value = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }
}
