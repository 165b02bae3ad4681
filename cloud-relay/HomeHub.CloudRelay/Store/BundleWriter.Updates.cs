using HomeHub.CloudRelay.Bundles;
using HomeHub.Contract;

namespace HomeHub.CloudRelay.Store;

/// <content>What is asked of updates before anything is written.</content>
internal sealed partial class BundleWriter
{
    /// <summary>
    /// Checks what updates need: all that names the resource names the same one, no other entry of the Bundle does, the hub is the one that sent it, or
    /// was put in its place (a Consent: one that speaks for the person), and it is the same subject's. Whether the hub may speak for the subject was checked. Stores nothing.
    /// </summary>
    private ReasonCode? CheckUpdates(Guid hub, ParsedBundle bundle)
    {
        if (!bundle.HasUpdates)
        {
            return null;
        }

        var keys = KeysOf(bundle);
        var named = new Dictionary<ResourceKey, int>();
        var found = new Dictionary<long, int>();
        var shared = new HashSet<int>();
        for (var i = 0; i < keys.Length; i++)
        {
            foreach (var key in keys[i])
            {
                Claim(named, key, i, shared);
                if (_keys.Find(key) is { } match)
                {
                    Claim(found, match.Seq, i, shared);
                }
            }
        }

        for (var i = 0; i < keys.Length; i++)
        {
            if (bundle.Entries[i].IsUpdate && CheckUpdate(hub, bundle, i, keys[i], shared) is { } reason)
            {
                bundle.Bad.Add((i, reason));
            }
        }

        return bundle.Bad.Count > 0 ? bundle.Bad[0].Reason : null;
    }

    private ReasonCode? CheckUpdate(Guid hub, ParsedBundle bundle, int index, HashSet<ResourceKey> keys, HashSet<int> shared)
    {
        KeyMatch[] targets = [.. keys.Select(key => _keys.Find(key)).OfType<KeyMatch>().DistinctBy(match => match.Seq)];
        return shared.Contains(index) || targets.Length > 1 || (targets is [var one] && one.Kind != bundle.Entries[index].Kind) ? ReasonCode.InvalidEntry
            : targets is not [var target] ? null
            : !_checker.MayUpdate(hub, _updater.Hub(target.Seq), target.Kind) ? ReasonCode.UpdateOfOtherHub
            : _updater.Subject(target.Seq) != _names.KnownSubject(SubjectOf(bundle.Entries[index], bundle)) ? ReasonCode.UpdateOfOtherSubject
            : null;
    }

    private static HashSet<ResourceKey>[] KeysOf(ParsedBundle bundle)
    {
        HashSet<ResourceKey>[] keys = [.. bundle.Entries.Select(entry => new HashSet<ResourceKey> { entry.Uuid, entry.Identity })];
        foreach (var (entry, key) in bundle.Identifiers)
        {
            keys[entry].Add(key);
        }

        return keys;
    }

    /// <summary>Notes by which entry something is named; where two do, both are in <paramref name="shared"/>.</summary>
    private static void Claim<T>(Dictionary<T, int> claims, T what, int entry, HashSet<int> shared)
        where T : notnull
    {
        if (!claims.TryAdd(what, entry) && claims[what] != entry)
        {
            shared.Add(claims[what]);
            shared.Add(entry);
        }
    }

    /// <summary>What an update updates; null where the original has not come.</summary>
    private KeyMatch? Target(in BundleEntry entry) => _keys.Find(entry.Identity) ?? _keys.Find(entry.Uuid);
}
