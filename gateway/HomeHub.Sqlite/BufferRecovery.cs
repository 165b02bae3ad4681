namespace HomeHub.Sqlite;

/// <summary>What was done about a damaged database at the start.</summary>
/// <param name="SetAsidePath">Where the damaged file lies now, whole; its write-ahead log beside it.</param>
/// <param name="Readings">Readings carried over.</param>
/// <param name="Quarantined">Quarantined payloads carried over.</param>
/// <param name="Identities">Identities of records carried over: what keeps a record that comes again from being taken twice.</param>
/// <param name="Unreadable">Readings known to have been there that could not be read.</param>
public sealed record BufferRecovery(string SetAsidePath, long Readings, long Quarantined, long Identities, long Unreadable);
