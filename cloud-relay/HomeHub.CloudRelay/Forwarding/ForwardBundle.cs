using System.Buffers;
using System.Text.Json;
using HomeHub.CloudRelay.Api;
using HomeHub.CloudRelay.Bundles;
using HomeHub.CloudRelay.Store;
using HomeHub.Contract;
using Microsoft.Data.Sqlite;

namespace HomeHub.CloudRelay.Forwarding;

/// <summary>
/// Builds the transaction for the FHIR server: the resources asked for and everything of the store that they refer to, each once, under the uuid
/// that it is stored by, each as the conditional create or update as which it came, in its current version. So a Bundle can be split anywhere and sent twice.
/// </summary>
/// <param name="connection">A reader of the store.</param>
internal sealed class ForwardBundle(SqliteConnection connection)
{
    private readonly ResourceCatalog _catalog = new();
    private readonly PayloadCache _payloads = new();
    private readonly Dictionary<long, ParsedBundle> _parsed = [];
    private readonly Dictionary<ResourceKey, StoredResource?> _found = [];

    /// <summary>The resources of a stored Bundle.</summary>
    public IReadOnlyList<StoredResource> Resources(long bundle)
    {
        var resources = new List<StoredResource>();
        foreach (var entry in Parsed(bundle).Entries)
        {
            if (Find(entry.Uuid) is { } resource && !resources.Contains(resource))
            {
                resources.Add(resource);
            }
        }

        return resources;
    }

    /// <summary>What a resource refers to.</summary>
    /// <exception cref="InvalidDataException">The store was damaged from outside.</exception>
    public IReadOnlyList<StoredResource> Targets(StoredResource resource)
    {
        var targets = new List<StoredResource>();
        ResourceRenderer.RewriteReferences(_catalog.Json(connection, resource).Span, uuid =>
        {
            if (Find(uuid) is { } target)
            {
                targets.Add(target);
            }

            return null;
        });
        return [.. targets.DistinctBy(target => target.Uuid)];
    }

    /// <summary>Builds the transaction, as the store is now: what was taken back while the server was away never gets there as final.</summary>
    /// <exception cref="InvalidDataException">The store was damaged from outside.</exception>
    public ReadOnlyMemory<byte> Build(IEnumerable<StoredResource> resources)
    {
        _found.Clear();
        var output = new ArrayBufferWriter<byte>(16 * 1024);
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteString("resourceType"u8, "Bundle"u8);
        json.WriteString("type"u8, "transaction"u8);
        json.WriteStartArray("entry"u8);
        var waiting = new Queue<StoredResource>(resources.Select(resource => Find(resource.Uuid) ?? resource));
        var seen = new HashSet<ResourceKey>(waiting.Select(resource => resource.Uuid));
        while (waiting.TryDequeue(out var resource))
        {
            // First, for it finds out whether the Bundle is JSON still.
            var entry = Entry(resource);
            var content = ResourceRenderer.RewriteReferences(_catalog.Json(connection, resource).Span, uuid =>
            {
                if (Find(uuid) is not { } target)
                {
                    return null;
                }

                if (seen.Add(target.Uuid))
                {
                    waiting.Enqueue(target);
                }

                return $"urn:uuid:{target.Uuid}";
            });
            json.WriteStartObject();
            json.WriteString("fullUrl"u8, $"urn:uuid:{resource.Uuid}");
            json.WritePropertyName("resource"u8);
            json.WriteRawValue(content.Span, skipInputValidation: true);
            json.WritePropertyName("request"u8);
            json.WriteRawValue(_payloads.Get(connection, resource.Bundle, entry.RequestOffset, entry.RequestLength).Span, skipInputValidation: true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return output.WrittenMemory;
    }

    /// <summary>The entry that a resource came in. A hub may have sent it under another uuid than the one that it is stored by.</summary>
    private BundleEntry Entry(StoredResource resource)
    {
        var index = Parsed(resource.Bundle).Entries.FindIndex(entry => entry.Offset == resource.Offset);
        return index >= 0 ? Parsed(resource.Bundle).Entries[index] : throw new InvalidDataException($"Bundle {resource.Bundle} in the store does not hold resource {resource.Seq}.");
    }

    /// <summary>Whether a resource went out as an update when <see cref="Build"/> was last called.</summary>
    public bool IsUpdate(StoredResource resource) => Entry(Find(resource.Uuid) ?? resource).IsUpdate;

    private ParsedBundle Parsed(long bundle)
    {
        if (!_parsed.TryGetValue(bundle, out var parsed))
        {
            using var command = connection.Command("SELECT uuid FROM bundle WHERE seq = $0", bundle);
            var uuid = command.ExecuteScalar() as byte[] ?? throw new InvalidDataException($"Bundle {bundle} is not in the store.");
            parsed = new ParsedBundle();
            // It was good when it was stored; a later version of the relay may be stricter, and forwards it all the same.
            var reason = new BundleReader().Read(_payloads.Get(connection, bundle).Span, new Guid(uuid, bigEndian: true), parsed);
            if (reason is ReasonCode.NotJson or ReasonCode.TooLarge || parsed.Entries.Count == 0)
            {
                throw new InvalidDataException($"Bundle {bundle} in the store can't be read.");
            }

            _parsed.Add(bundle, parsed);
        }

        return parsed;
    }

    private StoredResource? Find(ResourceKey uuid)
    {
        if (!_found.TryGetValue(uuid, out var found))
        {
            found = ResourceCatalog.Find(connection, uuid);
            _found.Add(uuid, found);
        }

        return found;
    }
}
