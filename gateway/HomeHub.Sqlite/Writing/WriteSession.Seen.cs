using HomeHub.Core.Identity;

namespace HomeHub.Sqlite;

/// <summary>
/// Which records are known. Identities are digests, so each would dirty another page of the table <c>seen</c>, a page a reading. They are
/// therefore noted in memory first and go into the table in sorted lots; until then the reading's own row is what a restart finds them in
/// (those with an id above the counter <c>merged-id</c>). Readings are only deleted once their identities are in the table.
/// </summary>
internal sealed partial class WriteSession
{
    /// <summary>Identities in memory; beyond it they go into the table. Some 700 KiB.</summary>
    private const int MaxRecentIdentities = 16_384;

    private Statement _findSeen = null!;
    private Statement _insertSeen = null!;
    private Statement _selectRecent = null!;
    private HashSet<RecordIdentity>? _recent;

    /// <summary>True when it is time for <see cref="MergeRecent"/>.</summary>
    public bool HasManyRecent => _recent?.Count >= MaxRecentIdentities;

    private void PrepareSeen()
    {
        _findSeen = _connection.Prepare("SELECT 1 FROM seen WHERE identity = ?1");
        _insertSeen = _connection.Prepare("INSERT OR IGNORE INTO seen (identity, reading) VALUES (?1, ?2)");
        _selectRecent = _connection.Prepare("SELECT identity, id FROM reading WHERE id > ?1");
    }

    /// <summary>Brings the recent identities into the table, sorted, so that each page is written once.</summary>
    public bool MergeRecent()
    {
        long merged = _counters.Get(Counters.MergedId);
        var lot = new List<(RecordIdentity Identity, long Id)>();
        _selectRecent.Bind(1, merged);
        while (_selectRecent.Step())
        {
            lot.Add((RecordIdentity.Read(_selectRecent.Blob(0)), _selectRecent.Int64(1)));
        }

        lot.Sort((one, other) => (one.Identity.High, one.Identity.Low).CompareTo((other.Identity.High, other.Identity.Low)));
        Span<byte> key = stackalloc byte[RecordIdentity.LengthBytes];
        foreach ((RecordIdentity identity, long id) in lot)
        {
            identity.Write(key);
            _insertSeen.Bind(1, key).Bind(2, id).Run();
        }

        _counters.Set(Counters.MergedId, _counters.Get(Counters.LastId));
        _recent?.Clear();
        return true;
    }

    private bool IsSeen(RecordIdentity identity)
    {
        if (Recent().Contains(identity))
        {
            return true;
        }

        Span<byte> key = stackalloc byte[RecordIdentity.LengthBytes];
        identity.Write(key);
        return _findSeen.Bind(1, key).Number() is not null;
    }

    private void NoteSeen(RecordIdentity identity) => Recent().Add(identity);

    /// <summary>Read from the readings' rows at the first use, and after a rollback.</summary>
    private HashSet<RecordIdentity> Recent()
    {
        if (_recent is null)
        {
            var recent = new HashSet<RecordIdentity>();
            _selectRecent.Bind(1, _counters.Get(Counters.MergedId));
            while (_selectRecent.Step())
            {
                recent.Add(RecordIdentity.Read(_selectRecent.Blob(0)));
            }

            _recent = recent;
        }

        return _recent;
    }
}
