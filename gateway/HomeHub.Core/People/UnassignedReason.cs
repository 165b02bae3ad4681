namespace HomeHub.Core.People;

/// <summary>Why a record is nobody's. <see cref="UnassignedReasons"/> has the codes.</summary>
public enum UnassignedReason : byte
{
    /// <summary>It is somebody's.</summary>
    None,

    /// <summary>It was measured before the device, or the slot, was this person's: a loaned meter's records.</summary>
    OlderThanAssignment,

    /// <summary>It was stored on the device, and when it was measured can't be known.</summary>
    TimeNotKnown,

    /// <summary>The device itself does not know whose it is: User Index 255.</summary>
    UnknownUser,

    /// <summary>Its User Index is nobody's.</summary>
    SlotOfNobody,

    /// <summary>Several people use the device, and the record names no user.</summary>
    NoUserIndex,

    /// <summary>Nobody uses the device.</summary>
    DeviceOfNobody,

    /// <summary>It was measured before the hub lost what it knew of records: it may be one that was discarded, or taken back.</summary>
    MaybeKnownBefore,
}
