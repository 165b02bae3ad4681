namespace HomeHub.Core.Buffering;

/// <summary>How far a reading is on its way to one recipient.</summary>
public enum DeliveryState : byte
{
    /// <summary>On disk, waiting.</summary>
    Buffered = 0,

    /// <summary>Leased by the running process: being sent, or sent and not receipted. Buffered again when the process ends.</summary>
    Sent = 1,

    /// <summary>The recipient's relay has committed it.</summary>
    Receipted = 2,

    /// <summary>The relay refused it for good; a person may retry it by command.</summary>
    Rejected = 3,

    /// <summary>Kept on the hub by an upload rule, never sent.</summary>
    Local = 4,

    /// <summary>Nobody's: kept, shown, never sent, until a person says whose it is or discards it. Never pruned.</summary>
    Unassigned = 5,

    /// <summary>Nobody's for good, at a person's word: history that is never sent.</summary>
    Discarded = 6,

    /// <summary>Kept on the hub because the person does not let this recipient have it; buffered once the person does. History, but for a device's memory.</summary>
    Withheld = 7,
}
