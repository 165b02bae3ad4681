using System.Runtime.InteropServices;
using HomeHub.CloudRelay.Bundles;
using HomeHub.Contract;

namespace HomeHub.CloudRelay.Store;

/// <content>What is there already of a Bundle, before anything of it is written.</content>
internal sealed partial class BundleWriter
{
    private readonly List<KeyMatch?> _existing = [];
    private readonly HashSet<ResourceKey> _named = [];
    private bool _sharesNames;

    /// <summary>
    /// Finds what is there already, and checks that it can be the same: of one kind and, where it is an Observation or a Consent, of one subject. Else a reading would be called a
    /// duplicate of somebody else's, and be gone.
    /// </summary>
    private ReasonCode? CheckCreates(ParsedBundle bundle)
    {
        FindExisting(bundle);
        var entries = CollectionsMarshal.AsSpan(bundle.Entries);
        for (var i = 0; i < entries.Length; i++)
        {
            if (!entries[i].IsUpdate && _existing[i] is { } match
                && (match.Kind != entries[i].Kind
                    || (match.Kind is ResourceKind.Observation or ResourceKind.Consent && _updater.Subject(match.Seq) != _names.KnownSubject(SubjectOf(entries[i], bundle)))))
            {
                bundle.Bad.Add((i, ReasonCode.InvalidEntry));
            }
        }

        return bundle.Bad.Count > 0 ? ReasonCode.InvalidEntry : null;
    }

    private void FindExisting(ParsedBundle bundle)
    {
        _existing.Clear();
        _named.Clear();
        _sharesNames = false;
        var identifiers = CollectionsMarshal.AsSpan(bundle.Identifiers);
        var entries = CollectionsMarshal.AsSpan(bundle.Entries);
        var identifier = 0;
        for (var i = 0; i < entries.Length; i++)
        {
            _sharesNames |= !_named.Add(entries[i].Uuid);
            var first = identifier;
            for (; identifier < identifiers.Length && identifiers[identifier].Entry == i; identifier++)
            {
                _sharesNames |= identifiers[identifier].Key != entries[i].Uuid && !_named.Add(identifiers[identifier].Key);
            }

            _existing.Add(Existing(entries[i], identifiers[first..identifier]));
        }
    }

    private KeyMatch? Existing(in BundleEntry entry, ReadOnlySpan<(int Entry, ResourceKey Key)> identifiers)
    {
        // The uuid is derived from the record, so it too tells that a resource was here before.
        if (_keys.Find(entry.Uuid) is { } same)
        {
            return same;
        }

        foreach (var (_, key) in identifiers)
        {
            if (key != entry.Uuid && _keys.Find(key) is { } found && found.Kind == entry.Kind)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The subject as it is stored, by the id that it is served under; a subject may still be to come in the Bundle.</summary>
    private string SubjectOf(in BundleEntry entry, ParsedBundle bundle)
    {
        if (entry.Subject is { } text)
        {
            return text;
        }

        var uuid = entry.SubjectUuid!.Value;
        if (_keys.Find(uuid) is { } match)
        {
            return $"{match.Kind.Name()}/{match.Uuid}";
        }

        var index = bundle.ByUuid[uuid];
        return $"{bundle.Entries[index].Kind.Name()}/{_existing[index]?.Uuid ?? uuid}";
    }
}
