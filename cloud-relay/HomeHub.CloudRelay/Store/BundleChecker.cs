using System.Runtime.InteropServices;
using HomeHub.CloudRelay.Bundles;
using HomeHub.CloudRelay.Intake;
using HomeHub.Contract;

namespace HomeHub.CloudRelay.Store;

/// <summary>The checks of a Bundle that need the store: references to what was sent before, one patient or one room, and the enrolment of the hub.</summary>
/// <param name="keys">The index of what is stored.</param>
/// <param name="identityOf">The identifier key of a stored resource's row.</param>
/// <param name="hubOf">The hub that sent a stored resource.</param>
/// <param name="enrolment">Null: every hub may speak for every patient.</param>
internal sealed class BundleChecker(KeyIndex keys, Func<long, ResourceKey> identityOf, Func<long, Guid> hubOf, Enrolment? enrolment)
{
    private readonly Dictionary<ResourceKey, KeyMatch> _known = [];

    /// <summary>Targets outside the Bundle that its references lead to, after <see cref="Check"/>.</summary>
    public IReadOnlyDictionary<ResourceKey, KeyMatch> Known => _known;

    /// <summary>Checks the Bundle and notes bad entries in it.</summary>
    /// <returns>Null when it can be stored.</returns>
    public ReasonCode? Check(Guid hub, ParsedBundle bundle)
    {
        _known.Clear();
        foreach (var (entry, target) in bundle.References)
        {
            if (bundle.ByUuid.ContainsKey(target) || _known.ContainsKey(target))
            {
                continue;
            }

            if (keys.Find(target) is { } match)
            {
                _known.Add(target, match);
            }
            else if (bundle.Bad.Count == 0 || bundle.Bad[^1].Entry != entry)
            {
                bundle.Bad.Add((entry, ReasonCode.UnknownReference));
            }
        }

        return bundle.Bad.Count > 0 ? ReasonCode.UnknownReference : CheckPatient(hub, bundle);
    }

    /// <summary>
    /// Whether a hub may update what another one sent: it is the same one, or the enrolment puts it in the other's place. A Consent is a person's word, not a hub's: with an
    /// enrolment any hub that may speak for the person tells it, so that none that is withdrawn goes unheard.
    /// </summary>
    public bool MayUpdate(Guid hub, Guid sender, ResourceKind kind) =>
        hub == sender || (enrolment is not null && (kind == ResourceKind.Consent || enrolment.Replaces(hub, sender)));

    private ReasonCode? CheckPatient(Guid hub, ParsedBundle bundle)
    {
        string? reference = null;
        ResourceKey? patient = null;
        var entries = CollectionsMarshal.AsSpan(bundle.Entries);
        for (var i = 0; i < entries.Length; i++)
        {
            ref readonly var entry = ref entries[i];
            ResourceKey? named = IsWhole(entry.Kind) ? entry.Uuid : null;
            if (entry.SubjectUuid is { } subject)
            {
                var kind = KindOf(subject, bundle);
                if (kind == ResourceKind.Observation)
                {
                    bundle.Bad.Add((i, ReasonCode.InvalidEntry));
                    continue;
                }

                named = IsWhole(kind) ? subject : null;
            }

            var mixed = (entry.Subject is not null && (patient is not null || (reference is not null && !string.Equals(reference, entry.Subject, StringComparison.Ordinal))))
                || (named is not null && (reference is not null || (patient is not null && patient != named)));
            if (mixed)
            {
                return ReasonCode.MixedPatients;
            }

            reference ??= entry.Subject;
            patient ??= named;
        }

        return bundle.Bad.Count > 0 ? ReasonCode.InvalidEntry
            : IsEnrolled(hub, reference, patient, bundle) ? null
            : ReasonCode.NotEnrolled;
    }

    /// <summary>Whether a Bundle is about one of them as a whole: a person, or a room.</summary>
    private static bool IsWhole(ResourceKind kind) => kind is ResourceKind.Patient or ResourceKind.Location;

    private ResourceKind KindOf(ResourceKey uuid, ParsedBundle bundle) =>
        bundle.ByUuid.TryGetValue(uuid, out var index) ? bundle.Entries[index].Kind : _known[uuid].Kind;

    private bool IsEnrolled(Guid hub, string? reference, ResourceKey? patient, ParsedBundle bundle)
    {
        if (enrolment is null)
        {
            return true;
        }

        if (reference is not null)
        {
            return enrolment.Allows(hub, reference);
        }

        if (patient is not { } uuid)
        {
            // Devices and what is measured on themselves belong to no patient.
            return enrolment.Knows(hub);
        }

        if (KindOf(uuid, bundle) == ResourceKind.Location)
        {
            // A hub speaks of the room where it stands, and of that of a hub in whose place it was put.
            return enrolment.Knows(hub) && (keys.Find(uuid) is not { } room || hubOf(room.Seq) is var sender && (sender == hub || enrolment.Replaces(hub, sender)));
        }

        var identifier = bundle.ByUuid.TryGetValue(uuid, out var index) ? bundle.Entries[index].Identity : identityOf(_known[uuid].Seq);
        return enrolment.Allows(hub, identifier) || enrolment.Allows(hub, $"Patient/{uuid}");
    }
}
