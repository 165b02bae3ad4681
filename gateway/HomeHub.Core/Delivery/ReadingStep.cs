namespace HomeHub.Core.Delivery;

/// <summary>A step of a reading on its way, for those who watch.</summary>
public enum ReadingStep
{
    /// <summary>On disk, to be sent.</summary>
    Buffered,

    /// <summary>On disk, kept on the hub by an upload rule.</summary>
    Local,

    /// <summary>On disk, kept on the hub because the person lets no recipient have it.</summary>
    Withheld,

    /// <summary>Known already.</summary>
    Duplicate,

    /// <summary>Not understood, kept in quarantine.</summary>
    Quarantined,

    /// <summary>Published.</summary>
    Sent,

    /// <summary>Published once more.</summary>
    SentAgain,

    /// <summary>Committed by the relay.</summary>
    Receipted,

    /// <summary>Refused by the relay.</summary>
    Rejected,
}
