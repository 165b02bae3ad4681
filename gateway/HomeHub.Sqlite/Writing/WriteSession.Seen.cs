using HomeHub.Core.Identity;

namespace HomeHub.Sqlite;

/// <summary>
/// Which records are known. Identities are digests, so each would dirty another page of the table <c>seen</c>, a page a reading. They are
/// therefore noted in memory first and go into the table in sorted lots; until then the reading's own row is what a restart finds them in
/// (those with an id above the counter <c>merged-id</c>). Readings are only deleted once their identities are in the table.
/// </summary>
internal sealed partial class WriteSession
{
    /// <summary>Identities in memory; beyond it they go into the table. Some 1 MiB.</summary>
    private const int MaxRecentIdentities = 16_384;

    private SeenMarks _marks = null!;
    private Statement _findSeen = null!;
    private Statement _insertSeen = null!;
    private Statement _selectRecent = null!;
    private Statement _selectLeaving = null!;
    private Statement _deleteSeen = null!;
    private HashSet<string>? _forgotten;
    private Dictionary<RecordIdentity, UInt128>? _recent;
    private (RecordIdentity Identity, UInt128 Mark) _lastMark;

    /// <summary>True when it is time for <see cref="MergeRecent"/>.</summary>
    public bool HasManyRecent => _recent?.Count >= MaxRecentIdentities;

    private void PrepareSeen()
    {
        _marks = SeenMarks.Of(_connection);
        _findSeen = _connection.Prepare("SELECT 1 FROM seen WHERE mark = ?1");
        _insertSeen = _connection.Prepare("INSERT OR IGNORE INTO seen (mark, reading, device) VALUES (?1, ?2, ?3)");
        _selectRecent = _connection.Prepare("SELECT identity, id, device FROM reading WHERE id > ?1");
        _selectLeaving = _connection.Prepare("SELECT identity, device, context FROM reading WHERE id = ?1");
        _deleteSeen = _connection.Prepare("DELETE FROM seen WHERE mark = ?1");
    }

    /// <summary>Brings the recent identities into the table, sorted, so that each page is written once.</summary>
    public bool MergeRecent()
    {
        long merged = _counters.Get(Counters.MergedId);
        var lot = new List<(UInt128 Mark, long Id, long Device)>();
        _selectRecent.Bind(1, merged);
        while (_selectRecent.Step())
        {
            lot.Add((MarkOf(RecordIdentity.Read(_selectRecent.Blob(0))), _selectRecent.Int64(1), _selectRecent.Int64(2)));
        }

        lot.Sort((one, other) => one.Mark.CompareTo(other.Mark));
        foreach ((UInt128 mark, long id, long device) in lot)
        {
            SeenMarks.Bind(_insertSeen, 1, mark).Bind(2, id).Bind(3, device).Run();
        }

        _counters.Set(Counters.MergedId, _counters.Get(Counters.LastId));
        _recent?.Clear();
        return true;
    }

    /// <summary>
    /// Forgets what is known of records of a device that have left the hub. Those that are still here stay known until they leave: stored twice, they would be
    /// sent twice.
    /// </summary>
    /// <returns>How many.</returns>
    public int ForgetDevice(string address)
    {
        MergeRecent();
        var devices = new List<long>();
        using (Statement select = _connection.Prepare("SELECT id FROM device"))
        {
            while (select.Step())
            {
                if (_texts.Devices.Get(select.Int64(0))?.Address == address)
                {
                    devices.Add(select.Int64(0));
                }
            }
        }

        using Statement forget = _connection.Prepare(
            "DELETE FROM seen WHERE device = ?1 AND NOT EXISTS (SELECT 1 FROM reading WHERE reading.id = seen.reading)");
        int forgotten = devices.Sum(device => forget.Bind(1, device).Run());
        _counters.Add(Counters.Identities, -forgotten);
        using Statement note = _connection.Prepare("INSERT OR IGNORE INTO forgotten VALUES (?1)");
        note.Bind(1, address).Run();
        Forgotten().Add(address);
        return forgotten;
    }

    /// <summary>Addresses of devices that were forgotten and have told nothing since; read at the first use, and after a rollback.</summary>
    private HashSet<string> Forgotten()
    {
        if (_forgotten is null)
        {
            var forgotten = new HashSet<string>(StringComparer.Ordinal);
            using Statement select = _connection.Prepare("SELECT address FROM forgotten");
            while (select.Step())
            {
                forgotten.Add(select.Text(0)!);
            }

            _forgotten = forgotten;
        }

        return _forgotten;
    }

    /// <summary>A device that tells something is set up again: what leaves from now on stays known.</summary>
    private void NoteTelling(string address)
    {
        if (Forgotten().Remove(address))
        {
            using Statement forget = _connection.Prepare("DELETE FROM forgotten WHERE address = ?1");
            forget.Bind(1, address).Run();
        }
    }

    /// <summary>
    /// A reading leaves. Its mark stays, but for a minute of a stream, which no device stores and so none tells again, and for a record of a forgotten device.
    /// </summary>
    private void NoteLeaving(long id)
    {
        _selectLeaving.Bind(1, id);
        bool staysKnown = !_selectLeaving.Step()
            || (_texts.Contexts.Get(_selectLeaving.Int64(2)) is not { IsMinute: true }
                && !(Forgotten().Count > 0 && _texts.Devices.Get(_selectLeaving.Int64(1)) is { } device && Forgotten().Contains(device.Address)));
        if (!staysKnown)
        {
            SeenMarks.Bind(_deleteSeen, 1, MarkOf(RecordIdentity.Read(_selectLeaving.Blob(0))));
            _counters.Add(Counters.Identities, -_deleteSeen.Run());
        }

        _selectLeaving.Reset();
    }

    private bool IsSeen(RecordIdentity identity)
    {
        if (Recent().ContainsKey(identity))
        {
            return true;
        }

        _lastMark = (identity, _marks.Of(identity));
        return SeenMarks.Bind(_findSeen, 1, _lastMark.Mark).Number() is not null;
    }

    private void NoteSeen(RecordIdentity identity) => Recent().Add(identity, MarkOf(identity));

    /// <summary>The mark of an identity: that of the last look-up, of a recent one, or a new one.</summary>
    private UInt128 MarkOf(RecordIdentity identity) =>
        _lastMark.Identity == identity && identity != default ? _lastMark.Mark : _recent is { } recent && recent.TryGetValue(identity, out UInt128 mark) ? mark : _marks.Of(identity);

    /// <summary>Read from the readings' rows at the first use, and after a rollback.</summary>
    private Dictionary<RecordIdentity, UInt128> Recent()
    {
        if (_recent is null)
        {
            var recent = new Dictionary<RecordIdentity, UInt128>();
            _selectRecent.Bind(1, _counters.Get(Counters.MergedId));
            while (_selectRecent.Step())
            {
                RecordIdentity identity = RecordIdentity.Read(_selectRecent.Blob(0));
                recent[identity] = _marks.Of(identity);
            }

            _recent = recent;
        }

        return _recent;
    }
}
