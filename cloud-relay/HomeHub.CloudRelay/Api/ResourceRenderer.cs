using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using HomeHub.CloudRelay.Bundles;
using HomeHub.CloudRelay.Store;

namespace HomeHub.CloudRelay.Api;

/// <summary>
/// Turns a stored resource into a served one: id, meta.versionId and meta.lastUpdated go in, <c>urn:uuid:x</c> references become
/// <c>Device/x</c> and the like. Everything else is copied octet for octet, so <c>2.00</c> stays <c>2.00</c>.
/// </summary>
internal static class ResourceRenderer
{
    /// <summary>Renders a resource.</summary>
    /// <param name="json">The resource as received.</param>
    /// <param name="resource">Its row.</param>
    /// <param name="resolve">Finds what a uuid stands for, aliases included.</param>
    /// <returns>UTF-8 JSON.</returns>
    public static ReadOnlyMemory<byte> Render(ReadOnlySpan<byte> json, StoredResource resource, Func<ResourceKey, StoredResource?> resolve)
    {
        var splices = new List<Splice>();
        var id = JsonString(resource.Uuid.ToString());
        var updated = JsonString(resource.Received.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        var version = JsonString(resource.Version.ToString(CultureInfo.InvariantCulture));
        var (hasId, hasMeta, afterType) = (false, false, 1);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (JsonScan.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("resourceType"u8))
            {
                reader.Read();
                afterType = (int)reader.BytesConsumed;
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                splices.Add(Splice.Token(ref reader, id));
                hasId = true;
            }
            else if (reader.ValueTextEquals("meta"u8))
            {
                reader.Read();
                hasMeta = reader.TokenType == JsonTokenType.StartObject;
                RenderMeta(ref reader, splices, version, updated);
            }
            else
            {
                reader.Read();
                RenderReferences(ref reader, splices, uuid => resolve(uuid) is { } target ? $"{target.Kind.Name()}/{target.Uuid}" : null);
            }
        }

        var added = (hasId ? "" : $",\"id\":{id}") + (hasMeta ? "" : $",\"meta\":{{\"versionId\":{version},\"lastUpdated\":{updated}}}");
        splices.Add(new Splice(afterType, 0, added));
        return Apply(json, splices);
    }

    /// <summary>Rewrites only the references.</summary>
    /// <param name="json">A resource.</param>
    /// <param name="rewrite">Gives the new text for a uuid; null leaves the reference as it is.</param>
    /// <returns>UTF-8 JSON.</returns>
    public static ReadOnlyMemory<byte> RewriteReferences(ReadOnlySpan<byte> json, Func<ResourceKey, string?> rewrite)
    {
        var splices = new List<Splice>();
        var reader = new Utf8JsonReader(json);
        reader.Read();
        RenderReferences(ref reader, splices, rewrite);
        return Apply(json, splices);
    }

    private static void RenderMeta(ref Utf8JsonReader reader, List<Splice> splices, string version, string updated)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        var (start, empty, hasVersion, hasUpdated) = ((int)reader.BytesConsumed, true, false, false);
        while (JsonScan.NextProperty(ref reader))
        {
            empty = false;
            var (isVersion, isUpdated) = (reader.ValueTextEquals("versionId"u8), reader.ValueTextEquals("lastUpdated"u8));
            reader.Read();
            if ((isVersion && !hasVersion) || (isUpdated && !hasUpdated))
            {
                splices.Add(Splice.Token(ref reader, isVersion ? version : updated));
                hasVersion |= isVersion;
                hasUpdated |= isUpdated;
            }

            reader.Skip();
        }

        var members = new List<string>(2);
        if (!hasVersion)
        {
            members.Add($"\"versionId\":{version}");
        }

        if (!hasUpdated)
        {
            members.Add($"\"lastUpdated\":{updated}");
        }

        splices.Add(new Splice(start, 0, string.Join(',', members) + (empty || members.Count == 0 ? "" : ",")));
    }

    private static void RenderReferences(ref Utf8JsonReader reader, List<Splice> splices, Func<ResourceKey, string?> rewrite)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return;
        }

        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType == JsonTokenType.PropertyName
                && reader.ValueTextEquals("reference"u8)
                && reader.Read()
                && reader is { TokenType: JsonTokenType.String, ValueIsEscaped: false }
                && ReferenceText.TryUuid(reader.ValueSpan, out var uuid)
                && rewrite(uuid) is { } text)
            {
                splices.Add(Splice.Token(ref reader, JsonString(text)));
            }
        }
    }

    private static ReadOnlyMemory<byte> Apply(ReadOnlySpan<byte> json, List<Splice> splices)
    {
        splices.Sort(static (a, b) => a.At.CompareTo(b.At));
        var output = new ArrayBufferWriter<byte>(json.Length + 256);
        var from = 0;
        foreach (var splice in splices)
        {
            output.Write(json[from..splice.At]);
            output.Write(Encoding.UTF8.GetBytes(splice.Text));
            from = splice.At + splice.Removed;
        }

        output.Write(json[from..]);
        return output.WrittenMemory;
    }

    private static string JsonString(string plain) => $"\"{plain}\"";

    private readonly record struct Splice(int At, int Removed, string Text)
    {
        /// <summary>Replaces the token at which the reader stands; an object or array to its end.</summary>
        public static Splice Token(ref Utf8JsonReader reader, string text)
        {
            var at = (int)reader.TokenStartIndex;
            reader.Skip();
            return new Splice(at, (int)reader.BytesConsumed - at, text);
        }
    }
}
