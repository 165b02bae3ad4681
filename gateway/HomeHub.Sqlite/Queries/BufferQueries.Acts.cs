using System.Runtime.CompilerServices;
using HomeHub.Core.Acts;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;

namespace HomeHub.Sqlite;

/// <summary>What is nobody's, and what persons did.</summary>
internal sealed partial class BufferQueries
{
    private const string Unassigned =
        $"""
        SELECT {ReadingRow.Columns}, (SELECT reason FROM delivery WHERE delivery.reading = reading.id AND state = 5 LIMIT 1) FROM reading
        WHERE patient = (SELECT id FROM patient WHERE text = '') AND id > ?1
          AND EXISTS (SELECT 1 FROM delivery WHERE delivery.reading = reading.id AND state = 5)
        ORDER BY id LIMIT ?2
        """;

    /// <summary>Numbers of the readings of a row of <c>device</c> that were nobody's when they came; a device has a row for each way in which it described itself.</summary>
    internal const string OfDevice = "SELECT id FROM reading WHERE patient = (SELECT id FROM patient WHERE text = '') AND device = ?1 ORDER BY id";

    private const string UnassignedOne =
        $"""
        SELECT {ReadingRow.Columns}, (SELECT reason FROM delivery WHERE delivery.reading = reading.id AND state = 5 LIMIT 1) FROM reading
        WHERE id = ?1 AND EXISTS (SELECT 1 FROM delivery WHERE delivery.reading = reading.id AND state = 5)
        """;

    private const int ReasonColumn = 21;

    /// <summary>The readings that are nobody's, oldest first.</summary>
    public IAsyncEnumerable<UnassignedReading> ReadUnassignedAsync(CancellationToken cancellation) => ReadPagesAsync(
        Unassigned, ReadUnassigned, unassigned => unassigned.Reading.Id, cancellation);

    /// <summary>The readings of one device that are nobody's, oldest first.</summary>
    public async IAsyncEnumerable<UnassignedReading> ReadUnassignedOfAsync(string deviceAddress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        List<long> numbers = await RunAsync(() => NumbersOf(deviceAddress), cancellation).ConfigureAwait(false);
        foreach (long[] some in numbers.Chunk(PageReadings))
        {
            foreach (UnassignedReading one in await RunAsync(() => ReadUnassigned(some), cancellation).ConfigureAwait(false))
            {
                yield return one;
            }
        }
    }

    /// <summary>What persons did, oldest first.</summary>
    public async IAsyncEnumerable<RecordedAct> ReadActsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        const string select =
            "SELECT id, uuid, kind, reading, at, at_offset, who, reason, before, patient, new_reading FROM act WHERE id > ?1 ORDER BY id LIMIT ?2";
        await foreach ((_, RecordedAct act) in ReadPagesAsync(select, row => (Id: row.Int64(0), Act: ReadAct(row)), act => act.Id, cancellation).ConfigureAwait(false))
        {
            yield return act;
        }
    }

    private UnassignedReading ReadUnassigned(Statement row) => new(ReadingRow.Read(row, _texts, _connection.Path), row.Text(ReasonColumn) ?? "");

    private List<UnassignedReading> ReadUnassigned(long[] numbers)
    {
        List<UnassignedReading> found = [];
        using Statement select = _connection.Prepare(UnassignedOne);
        foreach (long number in numbers)
        {
            if (select.Bind(1, number).Step())
            {
                found.Add(ReadUnassigned(select));
            }

            select.Reset();
        }

        return found;
    }

    private List<long> NumbersOf(string deviceAddress)
    {
        List<long> numbers = [];
        using Statement devices = _connection.Prepare("SELECT id, text FROM device"), select = _connection.Prepare(OfDevice);
        while (devices.Step())
        {
            if (JsonTexts.ReadDevice(devices.Text(1)!).Address != deviceAddress)
            {
                continue;
            }

            select.Bind(1, devices.Int64(0));
            while (select.Step())
            {
                numbers.Add(select.Int64(0));
            }

            select.Reset();
        }

        numbers.Sort();
        return numbers;
    }

    private static RecordedAct ReadAct(Statement row)
    {
        _ = PatientReference.TryParse(row.Text(9), out PatientReference? patient);
        bool hadOwner = PatientReference.TryParse(row.Text(8), out PatientReference? before);
        var act = new ReadingAct(
            new Guid(row.Blob(1), bigEndian: true), (ActKind)row.Int32(2), row.Int64(3), ReadingRow.ReadTime(row, 4), row.Text(6) ?? "", row.Text(7), patient);
        return new RecordedAct(act, hadOwner ? before! : PatientReference.Nobody, row.IsNull(10) ? null : row.Int64(10));
    }

    private async IAsyncEnumerable<T> ReadPagesAsync<T>(
        string sql, Func<Statement, T> read, Func<T, long> numberOf, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long after = 0;
        while (true)
        {
            List<T> page = await RunAsync(() => ReadPage(sql, read, after), cancellation).ConfigureAwait(false);
            foreach (T item in page)
            {
                yield return item;
            }

            if (page.Count < PageReadings)
            {
                yield break;
            }

            after = numberOf(page[^1]);
        }
    }

    private List<T> ReadPage<T>(string sql, Func<Statement, T> read, long after)
    {
        var page = new List<T>();
        using Statement select = _connection.Prepare(sql).Bind(1, after).Bind(2, PageReadings);
        while (select.Step())
        {
            page.Add(read(select));
        }

        return page;
    }
}
