namespace HomeHub.Web.Status;

/// <summary>What somebody should look at, of the hub as a whole. Devices tell theirs beside their names.</summary>
public enum WarningKind
{
    /// <summary>The buffer takes no more readings.</summary>
    BufferFull,

    /// <summary>The hub runs on its battery.</summary>
    OnBattery,

    /// <summary>Little room is left on the disk.</summary>
    DiskLow,

    /// <summary>The hub does not know the time; what devices tell is held.</summary>
    TimeNotKnown,

    /// <summary>Nobody has said the home's time zone; what devices tell is held.</summary>
    TimeZoneNotSet,

    /// <summary>Bluetooth can't be used.</summary>
    RadioNotReady,

    /// <summary>The broker was not reached for a while.</summary>
    BrokerAway,

    /// <summary>The hub found something when it looked at itself.</summary>
    SelfCheck,

    /// <summary>Readings are nobody's.</summary>
    Unassigned,

    /// <summary>The care team's side refused readings.</summary>
    Rejected,

    /// <summary>The board is hotter than it should be.</summary>
    BoardHot,

    /// <summary>Something that a device told was not understood.</summary>
    Quarantined,
}
