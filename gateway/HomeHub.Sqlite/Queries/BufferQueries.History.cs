using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Profiles;

namespace HomeHub.Sqlite;

/// <summary>What a patient sees of the own history.</summary>
internal sealed partial class BufferQueries
{
    private const string InSpan = "FROM reading WHERE patient = ?1 AND characteristic = ?2 AND effective >= ?3 AND effective < ?4 AND taken_back = 0";

    private const string Deliveries = "SELECT recipient, state, sent_at, settled_at FROM delivery WHERE reading = ?1";

    /// <summary>The readings of a span, of each characteristic by itself.</summary>
    public Task<HistoryExcerpt> ReadSpanAsync(HistorySpan span, CancellationToken cancellation) => RunAsync(
        () =>
        {
            var readings = new List<BufferedReading>();
            var thinned = new HashSet<BluetoothUuid>();
            if (_texts.Patients.Find(span.Patient) is { } patient)
            {
                using Statement count = _connection.Prepare($"SELECT count(*) {InSpan}");
                using Statement all = _connection.Prepare($"SELECT {ReadingRow.Columns} {InSpan}");
                using Statement newest = _connection.Prepare($"SELECT {ReadingRow.Columns} {InSpan} ORDER BY effective DESC LIMIT 1");
                foreach (BluetoothUuid characteristic in CharacteristicsOf(patient))
                {
                    bool isMany = Bind(count, patient, characteristic, span.From, span.Until).Number() > span.MaxEach;
                    if (isMany)
                    {
                        thinned.Add(characteristic);
                        ReadNewestOfPieces(newest, span, patient, characteristic, readings);
                    }
                    else
                    {
                        ReadAll(Bind(all, patient, characteristic, span.From, span.Until), readings);
                    }
                }
            }

            readings.Sort(InTime);
            return new HistoryExcerpt(readings, thinned);
        },
        cancellation);

    /// <summary>One page, newest arrival first.</summary>
    public Task<IReadOnlyList<HistoryEntry>> ReadPageAsync(PatientReference patient, long before, int max, CancellationToken cancellation) => RunAsync<IReadOnlyList<HistoryEntry>>(
        () =>
        {
            if (_texts.Patients.Find(patient) is not { } number)
            {
                return [];
            }

            var readings = new List<BufferedReading>();
            using Statement page = _connection.Prepare($"SELECT {ReadingRow.Columns} FROM reading WHERE patient = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3");
            ReadAll(page.Bind(1, number).Bind(2, before).Bind(3, max), readings);
            using Statement deliveries = _connection.Prepare(Deliveries);
            return readings.ConvertAll(reading => new HistoryEntry(reading, ReadDeliveries(deliveries.Bind(1, reading.Id))));
        },
        cancellation);

    /// <summary>One reading.</summary>
    public Task<HistoryEntry?> FindAsync(long reading, CancellationToken cancellation) => RunAsync(
        () =>
        {
            using Statement one = _connection.Prepare($"SELECT {ReadingRow.Columns} FROM reading WHERE id = ?1").Bind(1, reading);
            if (!one.Step())
            {
                return null;
            }

            using Statement deliveries = _connection.Prepare(Deliveries);
            return new HistoryEntry(ReadingRow.Read(one, _texts, _connection.Path), ReadDeliveries(deliveries.Bind(1, reading)));
        },
        cancellation);

    /// <summary>How many readings of a patient wait for nothing, and how many wait.</summary>
    public Task<HeldReadings> CountHeldAsync(PatientReference patient, CancellationToken cancellation) => RunAsync(
        () =>
        {
            if (_texts.Patients.Find(patient) is not { } number)
            {
                return default;
            }

            using Statement count = _connection.Prepare(
                $"""
                SELECT count(*), total(EXISTS (SELECT 1 FROM delivery WHERE delivery.reading = reading.id AND {Schema.HeldOnly})) FROM reading WHERE patient = ?1
                """);
            count.Bind(1, number).Step();
            return new HeldReadings(count.Int64(0) - count.Int64(1), count.Int64(1));
        },
        cancellation);

    private static int InTime(BufferedReading one, BufferedReading other) =>
        one.Record.Effective.Instant.CompareTo(other.Record.Effective.Instant) is not 0 and var order ? order : one.Id.CompareTo(other.Id);

    private static Statement Bind(Statement select, long patient, BluetoothUuid characteristic, DateTimeOffset from, DateTimeOffset until) =>
        select.Bind(1, patient).Bind(2, characteristic).Bind(3, from.UtcTicks).Bind(4, until.UtcTicks);

    /// <summary>One seek a characteristic: a patient has a handful.</summary>
    private List<BluetoothUuid> CharacteristicsOf(long patient)
    {
        var found = new List<BluetoothUuid>();
        using Statement first = _connection.Prepare("SELECT characteristic FROM reading WHERE patient = ?1 ORDER BY characteristic LIMIT 1");
        using Statement next = _connection.Prepare("SELECT characteristic FROM reading WHERE patient = ?1 AND characteristic > ?2 ORDER BY characteristic LIMIT 1");
        for (Statement select = first.Bind(1, patient); select.Step(); select = next.Bind(1, patient).Bind(2, found[^1]))
        {
            found.Add(UuidColumn.TryRead(select, 0) ?? throw new BufferException(
                BufferFault.Damaged, $"The buffer {_connection.Path} is damaged: a reading lacks its characteristic. It is set aside at the next start."));
            select.Reset();
        }

        return found;
    }

    private void ReadNewestOfPieces(Statement newest, HistorySpan span, long patient, BluetoothUuid characteristic, List<BufferedReading> into)
    {
        DateTimeOffset until = span.Until;
        for (int i = 0; i < span.MaxEach && Bind(newest, patient, characteristic, span.From, until).Step(); i++)
        {
            BufferedReading reading = ReadingRow.Read(newest, _texts, _connection.Path);
            newest.Reset();
            into.Add(reading);
            until = span.PieceOf(reading.Record.Effective.Instant);
        }
    }

    private void ReadAll(Statement select, List<BufferedReading> into)
    {
        while (select.Step())
        {
            into.Add(ReadingRow.Read(select, _texts, _connection.Path));
        }
    }

    private DeliveryProgress[] ReadDeliveries(Statement select)
    {
        var deliveries = new List<DeliveryProgress>();
        while (select.Step())
        {
            Recipient recipient = _texts.Recipients.Get(select.Int64(0)) ?? throw new BufferException(
                BufferFault.Damaged, $"The buffer {_connection.Path} is damaged: a delivery lacks its recipient. It is set aside at the next start.");
            deliveries.Add(new DeliveryProgress(recipient, (DeliveryState)select.Int64(1), Moment(select, 2), Moment(select, 3)));
        }

        return [.. deliveries.OrderBy(delivery => delivery.Recipient.Slug, StringComparer.Ordinal)];

        static DateTimeOffset? Moment(Statement row, int column) => row.IsNull(column) ? null : new DateTimeOffset(row.Int64(column), TimeSpan.Zero);
    }
}
