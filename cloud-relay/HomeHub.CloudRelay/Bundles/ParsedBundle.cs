using HomeHub.Contract;

namespace HomeHub.CloudRelay.Bundles;

/// <summary>A Bundle after one pass over its JSON. Instances are reused: <see cref="Clear"/> keeps the lists' room.</summary>
internal sealed class ParsedBundle
{
    /// <summary>The entries in order.</summary>
    public List<BundleEntry> Entries { get; } = [];

    /// <summary>Every identifier of every entry, in the order of entries.</summary>
    public List<(int Entry, ResourceKey Key)> Identifiers { get; } = [];

    /// <summary>Every reference to a uuid (<c>urn:uuid:x</c>, <c>Device/x</c>, <c>Observation/x</c>), in the order of entries.</summary>
    public List<(int Entry, ResourceKey Target)> References { get; } = [];

    /// <summary>Index of the entry with a fullUrl.</summary>
    public Dictionary<ResourceKey, int> ByUuid { get; } = [];

    /// <summary>Entries that can't be stored, and why.</summary>
    public List<(int Entry, ReasonCode Reason)> Bad { get; } = [];

    /// <summary>Whether an entry updates what is stored.</summary>
    public bool HasUpdates { get; set; }

    /// <summary>Forgets the content.</summary>
    public void Clear()
    {
        Entries.Clear();
        Identifiers.Clear();
        References.Clear();
        ByUuid.Clear();
        Bad.Clear();
        HasUpdates = false;
    }

    /// <summary>The bad entries by the uuids of their fullUrls; those without one can't be named.</summary>
    public IReadOnlyList<RejectedEntry> RejectedEntries()
    {
        var rejected = new List<RejectedEntry>();
        foreach (var (entry, reason) in Bad)
        {
            if (Entries[entry].HasUuid && !rejected.Exists(other => other.Entry == Entries[entry].Uuid.ToGuid()))
            {
                rejected.Add(new RejectedEntry(Entries[entry].Uuid.ToGuid(), reason));
            }
        }

        return rejected;
    }
}
