namespace HomeHub.Sqlite;

/// <summary>When a request is to be committed.</summary>
internal enum CommitNeed
{
    /// <summary>Its loss does no harm: with the next commit, or after <see cref="BufferWriter.HoldLimit"/>. Until then it ends with the process.</summary>
    Later,

    /// <summary>At once, without a sync of its own: it survives the end of the process, and not a power cut.</summary>
    AtOnce,

    /// <summary>At once and synced: it survives a power cut.</summary>
    Synced,
}
