using System.Collections.Concurrent;

namespace HomeHub.Sqlite;

/// <summary>
/// Running counts, kept in the same transactions as what they count, so that nobody has to scan a table. The writer changes them; others
/// see what was answered.
/// </summary>
internal sealed class Counters
{
    /// <summary>Readings stored since the first start.</summary>
    public const string Taken = "taken";

    /// <summary>Records that were known already.</summary>
    public const string Duplicates = "duplicates";

    /// <summary>Readings sent again.</summary>
    public const string SentAgain = "sent-again";

    /// <summary>Highest id that a reading ever had.</summary>
    public const string LastId = "last-id";

    /// <summary>Records that are no longer known, because their marks were too many for the size limit.</summary>
    public const string NoLongerKnown = "no-longer-known";

    /// <summary>UTC ticks from when on a record that seems new is surely new; 0 where all that ever came is known.</summary>
    public const string KnownSince = "known-since";

    /// <summary>Id up to which the identities of readings are in the table <c>seen</c>.</summary>
    public const string MergedId = "merged-id";

    /// <summary>UTC ticks of the last receipt; 0 when there was none.</summary>
    public const string LastReceipt = "last-receipt";

    /// <summary>Offset from UTC, in minutes, of the last receipt.</summary>
    public const string LastReceiptOffset = "last-receipt-offset";

    /// <summary>Payloads quarantined since the first start.</summary>
    public const string Quarantined = "quarantined";

    /// <summary>Payloads in quarantine now that may be dropped for newer ones.</summary>
    public const string QuarantineHeld = "quarantine-held";

    /// <summary>Identities of records that are known, held or not.</summary>
    public const string Identities = "identities";

    /// <summary>Readings held now.</summary>
    public const string Held = "held";

    /// <summary>Readings taken back since the first start.</summary>
    public const string TakenBack = "taken-back";

    /// <summary>1 when the last process ended in order: nothing that it had leased can have been lost.</summary>
    public const string CleanEnd = "clean-end";

    /// <summary>Id up to which a reading that looks as if it was never sent may have been: leases are written later than they are given, and the end of a process that was killed, or a power cut, takes them back.</summary>
    public const string DoubtfulId = "doubtful-id";

    /// <summary>Followed by a recipient's slug, a slash, and the number of a state.</summary>
    public const string StatePrefix = "state/";

    /// <summary>Followed by a recipient's slug, a slash, and a reason code.</summary>
    public const string RejectedPrefix = "rejected/";

    /// <summary>Followed by error code and characteristic.</summary>
    public const string CausePrefix = "cause/";

    private readonly ConcurrentDictionary<string, long> _told = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _working = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    /// <summary>What callers were told of.</summary>
    public IReadOnlyDictionary<string, long> Told => _told;

    /// <summary>The value that callers were told of, from any thread.</summary>
    public long GetTold(string name) => _told.GetValueOrDefault(name);

    /// <summary>The writer's value.</summary>
    public long Get(string name) => _working.GetValueOrDefault(name);

    /// <summary>Counts.</summary>
    public void Add(string name, long change)
    {
        if (change != 0)
        {
            Set(name, Get(name) + change);
        }
    }

    /// <summary>Sets.</summary>
    public void Set(string name, long value)
    {
        _working[name] = value;
        _changed.Add(name);
    }

    /// <summary>Reads all from the database; what is not there is 0.</summary>
    public void Load(Connection connection)
    {
        var read = new Dictionary<string, long>(StringComparer.Ordinal);
        using Statement select = connection.Prepare("SELECT name, value FROM counter");
        while (select.Step())
        {
            read[select.Text(0)!] = select.Int64(1);
        }

        foreach (string name in _working.Keys.Except(read.Keys).ToArray())
        {
            read[name] = 0;
        }

        foreach ((string name, long value) in read)
        {
            _working[name] = _told[name] = value;
        }

        _changed.Clear();
    }

    /// <summary>Writes what changed into the open transaction.</summary>
    public void Save(Statement upsert)
    {
        foreach (string name in _changed)
        {
            upsert.Bind(1, name).Bind(2, _working[name]).Run();
        }
    }

    /// <summary>The writer's values are everybody's.</summary>
    public void Publish()
    {
        foreach (string name in _changed)
        {
            _told[name] = _working[name];
        }

        _changed.Clear();
    }

    /// <summary>After a rollback: the values that were told are the writer's.</summary>
    public void Rollback()
    {
        foreach (string name in _changed)
        {
            _working[name] = _told.GetValueOrDefault(name);
        }

        _changed.Clear();
    }
}
