using HomeHub.Core.Audit;
using HomeHub.Core.Consent;
using HomeHub.Core.Identity;

namespace HomeHub.Web.Setup;

/// <summary>Who set what up and when, as the audit log knows it: of each act the last about the same.</summary>
public sealed class SummaryTrail
{
    /// <summary>Entries that are read at a time.</summary>
    private const int Step = 500;

    private static readonly HashSet<string> Acts =
    [
        AuditActs.TimeZoneSet, AuditActs.LanguageSet, AuditActs.NetworkJoined, AuditActs.PersonAdded, AuditActs.DevicePaired, AuditActs.DeviceAssigned,
        AuditActs.ConsentGiven, AuditActs.ConsentRefused, AuditActs.ConsentWithdrawn,
    ];

    private readonly Dictionary<(string Act, PatientReference? Patient, string? About), AuditEntry> _last = [];

    /// <summary>Reads the log.</summary>
    public static async Task<SummaryTrail> ReadAsync(IAuditLog log, CancellationToken cancellation)
    {
        var trail = new SummaryTrail();
        IReadOnlyList<AuditEntry> some = [];
        do
        {
            some = await log.ReadAsync(some.Count == 0 ? 0 : some[^1].Number, Step, cancellation).ConfigureAwait(false);
            foreach (AuditEntry entry in some.Where(entry => Acts.Contains(entry.Note.Act)))
            {
                trail._last[(entry.Note.Act, entry.Note.Patient, entry.Note.About)] = entry;
            }
        }
        while (some.Count == Step);
        return trail;
    }

    /// <summary>Who set the home's time zone; null: nobody whom the log knows.</summary>
    public AuditNote? Zone => Last(entry => entry.Act == AuditActs.TimeZoneSet);

    /// <summary>Who set the language of the pages.</summary>
    public AuditNote? Language => Last(entry => entry.Act == AuditActs.LanguageSet);

    /// <summary>Who joined the wireless network.</summary>
    public AuditNote? Network => Last(entry => entry.Act == AuditActs.NetworkJoined);

    /// <summary>Who added a person.</summary>
    public AuditNote? AddedOf(PatientReference patient) => Last(entry => entry.Act == AuditActs.PersonAdded && entry.Patient == patient);

    /// <summary>Who set a device up.</summary>
    public AuditNote? PairedOf(string address) => Last(entry => entry.Act == AuditActs.DevicePaired && IsOf(entry, address, null));

    /// <summary>Who gave a device, or a user slot of it, to a person.</summary>
    public AuditNote? AssignedOf(string address, byte? userIndex, PatientReference patient) =>
        Last(entry => entry.Act == AuditActs.DeviceAssigned && entry.Patient == patient && IsOf(entry, address, userIndex));

    /// <summary>Who recorded what a person decided.</summary>
    public AuditNote? RecordedOf(ConsentDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        string act = decision.Answer switch
        {
            ConsentAnswer.Given => AuditActs.ConsentGiven,
            ConsentAnswer.Refused => AuditActs.ConsentRefused,
            _ => AuditActs.ConsentWithdrawn,
        };
        string slug = decision.Recipient.Slug, kind = decision.Kind.ToName();
        return Last(entry => entry.Act == act && entry.Patient == decision.Patient && (IsAbout(entry, AuditDetail.Recipient, slug, AuditDetail.Kind, kind) || entry.About == $"{slug}, {kind}"));
    }

    /// <summary>An entry of an older program is words: the address, and the slot behind it.</summary>
    private static bool IsOf(AuditNote note, string address, byte? userIndex) => AuditAbout.Read(note.About) is { } details
        ? details.Contains((AuditDetail.Device, address)) && (userIndex is not { } slot || details.Contains((AuditDetail.User, $"{slot}")))
        : note.About is { } words && words.StartsWith(address, StringComparison.Ordinal) && (userIndex is not { } number || words == $"{address}, user {number}");

    private static bool IsAbout(AuditNote note, AuditDetail first, string value, AuditDetail second, string other) =>
        AuditAbout.Read(note.About) is { } details && details.Contains((first, value)) && details.Contains((second, other));

    private AuditNote? Last(Func<AuditNote, bool> isIt) => _last.Values.Where(entry => isIt(entry.Note)).MaxBy(entry => entry.Number)?.Note;
}
