namespace HomeHub.Core.Audit;

/// <summary>The acts that the audit log knows, as they stand there. Names are only ever added.</summary>
public static class AuditActs
{
    /// <summary>A person let a recipient have data.</summary>
    public const string ConsentGiven = "consent-given";

    /// <summary>A person refused data to a recipient.</summary>
    public const string ConsentRefused = "consent-refused";

    /// <summary>A person took a consent back.</summary>
    public const string ConsentWithdrawn = "consent-withdrawn";

    /// <summary>A reading that was nobody's was assigned.</summary>
    public const string ReadingAssigned = "reading-assigned";

    /// <summary>A reading that was nobody's was discarded.</summary>
    public const string ReadingDiscarded = "reading-discarded";

    /// <summary>A reading was taken back.</summary>
    public const string ReadingTakenBack = "reading-taken-back";

    /// <summary>A reading was entered by hand.</summary>
    public const string ReadingEntered = "reading-entered";

    /// <summary>A person's readings were written out.</summary>
    public const string ReadingsExported = "readings-exported";

    /// <summary>A device was set up.</summary>
    public const string DevicePaired = "device-paired";

    /// <summary>A device, or a user slot of one, was given to a person.</summary>
    public const string DeviceAssigned = "device-assigned";

    /// <summary>A device, or a user slot of one, was taken from a person.</summary>
    public const string DeviceUnassigned = "device-unassigned";

    /// <summary>A PIN was set, of a person or the nurse.</summary>
    public const string PinSet = "pin-set";

    /// <summary>An archive for whoever helps from afar was made.</summary>
    public const string SupportBundleMade = "support-bundle-made";

    /// <summary>A device was removed.</summary>
    public const string DeviceForgotten = "device-forgotten";

    /// <summary>A person's readings were erased from the hub.</summary>
    public const string ReadingsErased = "readings-erased";

    /// <summary>A person left: everything of theirs was erased from the hub.</summary>
    public const string PersonLeft = "person-left";

    /// <summary>The home's time zone was set.</summary>
    public const string TimeZoneSet = "time-zone-set";

    /// <summary>The language of the pages was set.</summary>
    public const string LanguageSet = "language-set";

    /// <summary>A person was added to the household.</summary>
    public const string PersonAdded = "person-added";

    /// <summary>A person was removed from the household.</summary>
    public const string PersonRemoved = "person-removed";

    /// <summary>The hub was joined to a wireless network.</summary>
    public const string NetworkJoined = "network-joined";

    /// <summary>A step of the installation was done.</summary>
    public const string SetupStepDone = "setup-step-done";

    /// <summary>The hub's history was packed for the hub that takes its place.</summary>
    public const string HubMovedAway = "hub-moved-away";

    /// <summary>The history of the hub before was taken in.</summary>
    public const string HubTakenIn = "hub-taken-in";

    /// <summary>The move did not happen: the hub goes on.</summary>
    public const string HubMoveUndone = "hub-move-undone";

    /// <summary>The pairing window was opened by the button.</summary>
    public const string PairingWindowOpened = "pairing-window-opened";

    /// <summary>More than one device was near in a pairing window: none was paired.</summary>
    public const string PairingWindowUnclear = "pairing-window-unclear";

    /// <summary>The networks of the home were forgotten.</summary>
    public const string NetworksForgotten = "networks-forgotten";
}
