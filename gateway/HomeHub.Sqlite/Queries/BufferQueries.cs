using System.Runtime.CompilerServices;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Profiles;

namespace HomeHub.Sqlite;

/// <summary>What is read through a connection of its own, beside the writer. One query at a time; none holds a snapshot for long.</summary>
internal sealed partial class BufferQueries : IDisposable
{
    /// <summary>Readings in a page of history: bounds memory, and how long the log is held back.</summary>
    public const int PageReadings = 256;

    private readonly Connection _connection;
    private readonly Texts _texts;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Func<CancellationToken, Task> _before;
    private readonly OldestOpen _oldest;
    private readonly Statement _page;
    private readonly Statement _hasReadings;
    private readonly Statement _history;

    /// <summary>Takes over the connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="before">Before each query: has committed what it is to see.</param>
    public BufferQueries(Connection connection, Func<CancellationToken, Task> before)
    {
        _connection = connection;
        _before = before;
        _oldest = new OldestOpen(connection);
        _texts = new Texts(connection, isWriter: false);
        _page = connection.Prepare($"SELECT {ReadingRow.Columns} FROM reading WHERE patient = ?1 AND id > ?2 ORDER BY id LIMIT {PageReadings}");
        _hasReadings = connection.Prepare(
            $"SELECT id, text FROM patient WHERE text NOT IN ('', '{PatientReference.Room.Value}') AND EXISTS (SELECT 1 FROM reading WHERE reading.patient = patient.id)");
        _history = connection.Prepare(
            $"""
            SELECT id, NOT EXISTS (
              SELECT 1 FROM delivery
              WHERE delivery.reading = reading.id AND (({Schema.HeldOnly}) OR ifnull(settled_at, reading.received) >= ?3))
            FROM reading WHERE id > ?1 ORDER BY id LIMIT ?2
            """);
    }

    /// <summary>The running counts, for a process that is not the writer.</summary>
    public Task<Dictionary<string, long>> ReadCountersAsync(CancellationToken cancellation) => RunAsync(
        () =>
        {
            var counters = new Dictionary<string, long>(StringComparer.Ordinal);
            using Statement select = _connection.Prepare("SELECT name, value FROM counter");
            while (select.Step())
            {
                counters[select.Text(0)!] = select.Int64(1);
            }

            return counters;
        },
        cancellation);

    /// <summary>Patients who have readings.</summary>
    public Task<IReadOnlyList<PatientReference>> ListPatientsAsync(CancellationToken cancellation) => RunAsync<IReadOnlyList<PatientReference>>(
        () =>
        {
            var patients = new List<PatientReference>();
            while (_hasReadings.Step())
            {
                patients.Add(PatientText.Read(_hasReadings.Text(1)!));
            }

            patients.Sort((one, other) => string.CompareOrdinal(one.Key, other.Key));
            return patients;
        },
        cancellation);

    /// <summary>Whether nothing of a service of a device waits for a receipt. A device has one number for each thing that was known of it at a time.</summary>
    public Task<bool> IsAllReceiptedAsync(string deviceAddress, ushort service, CancellationToken cancellation) => RunAsync(
        () =>
        {
            using Statement devices = _connection.Prepare("SELECT id, text FROM device");
            using Statement waits = _connection.Prepare(
                $"""
                SELECT EXISTS (
                  SELECT 1 FROM delivery INDEXED BY delivery_open JOIN reading ON reading.id = delivery.reading
                  WHERE {Schema.OpenOnly} AND device = ?1 AND service = ?2)
                OR EXISTS (SELECT 1 FROM quarantine WHERE device = ?1 AND service = ?2)
                """);
            bool isAll = true;
            while (isAll && devices.Step())
            {
                isAll = JsonTexts.ReadDevice(devices.Text(1)!).Address != deviceAddress || waits.Bind(1, devices.Int64(0)).Bind(2, service).Number() == 0;
            }

            return isAll;
        },
        cancellation);

    /// <summary>When the oldest reading was received that is buffered or sent.</summary>
    public Task<DateTimeOffset?> FindOldestUnreceiptedAsync(CancellationToken cancellation) => RunAsync(_oldest.Find, cancellation);

    /// <summary>
    /// Looks at up to <paramref name="count"/> readings after <paramref name="afterId"/>: gives those that are history from before a time, and
    /// the last one looked at (null at the end).
    /// </summary>
    public Task<(List<long> Ids, long? Last)> FindHistoryAsync(long afterId, int count, DateTimeOffset before, CancellationToken cancellation) =>
        RunAsync(
            () =>
            {
                var ids = new List<long>();
                long? last = null;
                _history.Bind(1, afterId).Bind(2, count).Bind(3, before.UtcTicks);
                while (_history.Step())
                {
                    last = _history.Int64(0);
                    if (_history.Int64(1) != 0)
                    {
                        ids.Add(last.Value);
                    }
                }

                return (ids, last);
            },
            cancellation);

    /// <summary>A patient's readings in the order of arrival.</summary>
    public async IAsyncEnumerable<BufferedReading> ReadHistoryAsync(
        PatientReference patient, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long after = 0;
        while (true)
        {
            List<BufferedReading> page = await RunAsync(() => ReadPage(patient, after), cancellation).ConfigureAwait(false);
            foreach (BufferedReading reading in page)
            {
                yield return reading;
            }

            if (page.Count < PageReadings)
            {
                yield break;
            }

            after = page[^1].Id;
        }
    }

    private List<BufferedReading> ReadPage(PatientReference patient, long after)
    {
        var page = new List<BufferedReading>();
        if (_texts.Patients.Find(patient) is { } id)
        {
            _page.Bind(1, id).Bind(2, after);
            while (_page.Step())
            {
                page.Add(ReadingRow.Read(_page, _texts, _connection.Path));
            }
        }

        return page;
    }

    /// <summary>Runs a query, one at a time.</summary>
    private async Task<T> RunAsync<T>(Func<T> query, CancellationToken cancellation)
    {
        await _before(cancellation).ConfigureAwait(false);
        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return query();
        }
        catch (BufferException)
        {
            _connection.Rollback();
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection.Dispose();
        _gate.Dispose();
    }
}
