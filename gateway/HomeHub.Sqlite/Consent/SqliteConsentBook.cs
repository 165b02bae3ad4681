using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;
using HomeHub.Core.Identity;

namespace HomeHub.Sqlite;

/// <summary>What people decided about their data, in <c>consent.db</c> beside the buffer.</summary>
public sealed class SqliteConsentBook : IConsentBook
{
    /// <summary>Name of the file within the data folder.</summary>
    public const string FileName = "consent.db";

    private const string Columns = "patient, kind, recipient, answer, at, at_offset, present, since, since_offset";

    private readonly SharedFile _file;
    private readonly Connection _connection;
    private readonly Lock _looking = new();
    private readonly Connection _watch;
    private readonly Statement _dataVersion;
    private long _seenVersion = -1;
    private ConsentState _state = ConsentState.Empty;

    private SqliteConsentBook(SharedFile file, Connection watch)
    {
        _file = file;
        _connection = file.Connection;
        _watch = watch;
        _dataVersion = watch.Prepare("PRAGMA data_version");
    }

    /// <summary>Opens the book of a data folder, making folder and file where they are missing.</summary>
    /// <exception cref="BufferException">It can't be opened: no right to, damaged, or of a newer program.</exception>
    public static Task<SqliteConsentBook> OpenAsync(string folder, CancellationToken cancellation) => Task.Run(
        () =>
        {
            SharedFile file = SharedFile.Open(folder, FileName, ConsentSchema.Steps);
            try
            {
                return new SqliteConsentBook(file, Connection.OpenReader(file.Connection.Path));
            }
            catch
            {
                file.Dispose();
                throw;
            }
        },
        cancellation);

    /// <inheritdoc/>
    /// <remarks>A connection that only looks sees every commit of others, of this process too, as a new <c>data_version</c>: no notice can be missed.</remarks>
    public ConsentState State
    {
        get
        {
            lock (_looking)
            {
                long version = _dataVersion.Number() ?? 0;
                if (version != _seenVersion)
                {
                    List<ConsentDecision> decisions = ReadAll(_watch, out long last);
                    _state = new ConsentState(last, decisions);
                    _seenVersion = version;
                }

                return _state;
            }
        }
    }

    /// <inheritdoc/>
    public Task DecideAsync(IReadOnlyList<ConsentDecision> decisions, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        foreach (ConsentDecision decision in decisions)
        {
            if (decision.Validate() is { } wrong)
            {
                throw new ArgumentException(wrong, nameof(decisions));
            }
        }

        return _file.RunAsync(
            () =>
            {
                _connection.Execute("BEGIN IMMEDIATE");
                using Statement insert = _connection.Prepare($"INSERT INTO decision ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
                foreach (ConsentDecision decision in decisions)
                {
                    insert.Bind(1, decision.Patient.Key).Bind(2, (long)decision.Kind).Bind(3, decision.Recipient.Slug).Bind(4, (long)decision.Answer);
                    ReadingRow.BindTime(insert, 5, decision.At);
                    insert.Bind(7, decision.Present).Bind(8, decision.From?.UtcTicks).Bind(9, (long?)decision.From?.TotalOffsetMinutes).Run();
                }

                _connection.Execute("COMMIT");
                return true;
            },
            cancellation);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ConsentDecision>> ReadHistoryAsync(CancellationToken cancellation) =>
        _file.RunAsync<IReadOnlyList<ConsentDecision>>(() => ReadAll(_connection, out _), cancellation);

    /// <inheritdoc/>
    public Task<string?> GetToldAsync(PatientReference patient, Recipient recipient, CancellationToken cancellation) => _file.RunAsync(
        () =>
        {
            using Statement select = _connection.Prepare("SELECT hash FROM told WHERE patient = ?1 AND recipient = ?2").Bind(1, patient.Key).Bind(2, recipient.Slug);
            return select.Step() ? select.Text(0) : null;
        },
        cancellation);

    /// <inheritdoc/>
    public Task SetToldAsync(PatientReference patient, Recipient recipient, string contentHash, CancellationToken cancellation) => _file.RunAsync(
        () =>
        {
            using Statement note = _connection.Prepare("INSERT OR REPLACE INTO told VALUES (?1, ?2, ?3)");
            return note.Bind(1, patient.Key).Bind(2, recipient.Slug).Bind(3, contentHash).Run() > 0;
        },
        cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (_looking)
        {
            _dataVersion.Dispose();
            _watch.Dispose();
        }

        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    private static List<ConsentDecision> ReadAll(Connection connection, out long last)
    {
        last = 0;
        List<ConsentDecision> decisions = [];
        using Statement select = connection.Prepare($"SELECT {Columns}, id FROM decision ORDER BY id");
        while (select.Step())
        {
            PatientReference patient = PatientReference.TryParse(select.Text(0), out PatientReference? read)
                ? read!
                : throw new BufferException(BufferFault.Damaged, $"{FileName} holds a decision of somebody who has no reference.");
            decisions.Add(new ConsentDecision(
                patient,
                (DataKinds)select.Int32(1),
                new Recipient(select.Text(2)!),
                (ConsentAnswer)select.Int32(3),
                ReadingRow.ReadTime(select, 4),
                select.Text(6)!,
                select.IsNull(7) ? null : ReadingRow.ReadTime(select, 7)));
            last = select.Int64(9);
        }

        return decisions;
    }
}
