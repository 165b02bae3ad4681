using HomeHub.Core.Audit;
using HomeHub.Web.Texts;

namespace HomeHub.Web.Own;

/// <summary>The acts of the audit log in words.</summary>
internal static class ActNames
{
    private static readonly Dictionary<string, string> Keys = new()
    {
        [AuditActs.ConsentGiven] = "act.consent-given",
        [AuditActs.ConsentRefused] = "act.consent-refused",
        [AuditActs.ConsentWithdrawn] = "act.consent-withdrawn",
        [AuditActs.ReadingAssigned] = "act.reading-assigned",
        [AuditActs.ReadingDiscarded] = "act.reading-discarded",
        [AuditActs.ReadingTakenBack] = "act.reading-taken-back",
        [AuditActs.ReadingEntered] = "act.reading-entered",
        [AuditActs.ReadingsExported] = "act.readings-exported",
        [AuditActs.DevicePaired] = "act.device-paired",
        [AuditActs.DeviceAssigned] = "act.device-assigned",
        [AuditActs.DeviceUnassigned] = "act.device-unassigned",
        [AuditActs.PinSet] = "act.pin-set",
        [AuditActs.SupportBundleMade] = "act.support-bundle-made",
        [AuditActs.DeviceForgotten] = "act.device-forgotten",
        [AuditActs.ReadingsErased] = "act.readings-erased",
        [AuditActs.PersonLeft] = "act.person-left",
        [AuditActs.TimeZoneSet] = "act.time-zone-set",
        [AuditActs.LanguageSet] = "act.language-set",
        [AuditActs.PersonAdded] = "act.person-added",
        [AuditActs.PersonRemoved] = "act.person-removed",
        [AuditActs.NetworkJoined] = "act.network-joined",
        [AuditActs.SetupStepDone] = "act.setup-step-done",
        [AuditActs.HubMovedAway] = "act.hub-moved-away",
        [AuditActs.HubTakenIn] = "act.hub-taken-in",
        [AuditActs.HubMoveUndone] = "act.hub-move-undone",
        [AuditActs.PairingWindowOpened] = "act.pairing-window-opened",
        [AuditActs.PairingWindowUnclear] = "act.pairing-window-unclear",
        [AuditActs.NetworksForgotten] = "act.networks-forgotten",
    };

    /// <summary>An act; one that this program has no word for, as one noted by a newer program, as it stands in the log.</summary>
    public static string Of(string act, Language language) => Keys.TryGetValue(act, out string? key) ? language.Text(key) : act;
}
