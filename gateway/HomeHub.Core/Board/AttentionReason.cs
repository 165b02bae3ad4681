namespace HomeHub.Core.Board;

/// <summary>Why the hub needs a person. Kinds only, nothing measured.</summary>
public enum AttentionReason
{
    /// <summary>The buffer is full: devices keep what they measure.</summary>
    StorageFull,

    /// <summary>Bluetooth can't be used.</summary>
    RadioAway,

    /// <summary>The broker was not reached for days.</summary>
    NotReachedForDays,

    /// <summary>What devices tell is held, as the hub's time or the home's time zone is not known.</summary>
    Held,

    /// <summary>The hub's own look at itself found something.</summary>
    SelfCheck,
}
