using System.Runtime.InteropServices;
using System.Text.Json;

namespace HomeHub.CloudRelay.Bundles;

/// <summary>
/// Finds names that stand twice in one JSON object, at any depth. FHIR forbids them (R4, 2.6.2), and readers differ in which one they take: a value that stands there twice
/// is served to one reader as this and to another as that. Not for use by several threads at once.
/// </summary>
internal sealed class UniqueNames
{
    /// <summary>Most members of an object; one with more counts as not unique.</summary>
    public const int MaxMembers = 256;

    private readonly List<(int Start, uint Mark)> _names = [];
    private readonly Stack<int> _objects = [];

    /// <summary>Whether no object has a name twice, or one that is written with escapes and could so be the same as another.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="maxDepth">How deep it may be.</param>
    /// <exception cref="JsonException">Not JSON, or deeper.</exception>
    public bool Hold(ReadOnlySpan<byte> json, int maxDepth)
    {
        _names.Clear();
        _objects.Clear();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = maxDepth });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                _objects.Push(_names.Count);
            }
            else if (reader.TokenType == JsonTokenType.EndObject)
            {
                var first = _objects.Pop();
                _names.RemoveRange(first, _names.Count - first);
            }
            else if (reader.TokenType == JsonTokenType.PropertyName && !Add(json, ref reader))
            {
                return false;
            }
        }

        return true;
    }

    private bool Add(ReadOnlySpan<byte> json, ref Utf8JsonReader reader)
    {
        var name = reader.ValueSpan;
        var first = _objects.Peek();
        if (reader.ValueIsEscaped || _names.Count - first >= MaxMembers)
        {
            return false;
        }

        // Names of one object mostly differ in length or in their first or last octet.
        var mark = (uint)name.Length << 16 | (name.IsEmpty ? 0 : (uint)name[0] << 8 | name[^1]);
        foreach (var (start, other) in CollectionsMarshal.AsSpan(_names)[first..])
        {
            if (other == mark && json[start..].StartsWith(name))
            {
                return false;
            }
        }

        _names.Add(((int)reader.TokenStartIndex + 1, mark));
        return true;
    }
}
