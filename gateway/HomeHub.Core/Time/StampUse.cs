namespace HomeHub.Core.Time;

/// <summary>How a record's effective time came about.</summary>
public enum StampUse : byte
{
    /// <summary>The record had no stamp: effective is the time of reception.</summary>
    None,

    /// <summary>The stamp was mapped by comparing the device's clock with the hub's.</summary>
    Mapped,

    /// <summary>The clock could not be compared, but the stamp is plausible: used as it is, in the hub's offset.</summary>
    AsReported,

    /// <summary>The stamp can't be used (clock unset, or not plausible): effective is the time of reception.</summary>
    NotUsable,
}
