using HomeHub.Core.Buffering;
using Microsoft.Extensions.Logging;

namespace HomeHub.Sqlite;

/// <summary>What can be done within a transaction. Used by the writer's thread only.</summary>
internal sealed partial class WriteSession : IDisposable
{
    private readonly Connection _connection;
    private readonly SqliteBufferOptions _options;
    private readonly ILogger _logger;
    private readonly Counters _counters;
    private readonly Texts _texts;
    private readonly Dictionary<string, RecipientCounters> _names = new(StringComparer.Ordinal);
    private readonly List<Action> _whenDone = [];
    private readonly Statement _saveCounter;

    /// <summary>Prepares every statement.</summary>
    public WriteSession(Connection connection, SqliteBufferOptions options, Counters counters, ILogger logger)
    {
        _connection = connection;
        _options = options;
        _logger = logger;
        _counters = counters;
        _texts = new Texts(connection, isWriter: true);
        _saveCounter = connection.Prepare("INSERT INTO counter VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value");
        PrepareSeen();
        PrepareAppend();
        PrepareDeliveries();
        PrepareRoom();
        PrepareQuarantine();
        PrepareActs();
        PrepareConsent();
        PrepareErasing();
    }

    /// <summary>The running counts.</summary>
    public Counters Counters => _counters;

    /// <summary>Does something once the transaction is committed, or is held until it is, before callers hear of it.</summary>
    public void WhenDone(Action action) => _whenDone.Add(action);

    /// <summary>Writes the counters, as the last thing that a batch does.</summary>
    public void SaveCounters() => _counters.Save(_saveCounter);

    /// <summary>What was done is told to everybody in this process.</summary>
    public void Publish()
    {
        _counters.Publish();
        foreach (Action action in _whenDone)
        {
            action();
        }

        _whenDone.Clear();
    }

    /// <summary>The transaction, or the last batch of it, is rolled back: what memory knows of it is forgotten.</summary>
    public void RolledBack()
    {
        _counters.Rollback();
        _texts.Clear();
        _patientIds = null;
        _recent = null;
        _forgotten = null;
        _whenDone.Clear();
        _pruneCursor = 0;
    }

    /// <summary>Lets go of the key; statements end with the connection.</summary>
    public void Dispose() => _marks.Dispose();

    private RecipientCounters NamesOf(Recipient recipient)
    {
        if (!_names.TryGetValue(recipient.Slug, out RecipientCounters? names))
        {
            _names[recipient.Slug] = names = new RecipientCounters(recipient.Slug);
        }

        return names;
    }

    private void Move(Recipient recipient, DeliveryState from, DeliveryState to)
    {
        RecipientCounters names = NamesOf(recipient);
        _counters.Add(names.Of(from), -1);
        _counters.Add(names.Of(to), 1);
    }
}
