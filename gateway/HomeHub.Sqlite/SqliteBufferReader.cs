using HomeHub.Core.Acts;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;

namespace HomeHub.Sqlite;

/// <summary>
/// The buffer for reading only, for commands that look while the hub runs beside them, or when it does not. Takes no lock and changes
/// nothing. A folder without a buffer (the hub never ran) reads as an empty one.
/// </summary>
public sealed class SqliteBufferReader : IDisposable
{
    private readonly BufferFiles _files;
    private readonly Connection? _connection;
    private readonly BufferQueries? _queries;

    private SqliteBufferReader(BufferFiles files, Connection? connection)
    {
        _files = files;
        _connection = connection;
        if (connection is not null)
        {
            Hub = Opening.ReadHubRow(connection);
            _queries = new BufferQueries(connection, _ => Task.CompletedTask);
        }
    }

    /// <summary>False when there is no buffer in the folder: all counts are 0.</summary>
    public bool Exists => _connection is not null;

    /// <summary>Who the hub is; null when it never ran.</summary>
    public HubIdentity? Hub { get; }

    /// <summary>Opens.</summary>
    /// <exception cref="BufferException">The buffer can't be read: no right to, damaged, or of a newer program.</exception>
    public static SqliteBufferReader Open(string folder)
    {
        var files = new BufferFiles(folder);
        if (!File.Exists(files.Database))
        {
            return new SqliteBufferReader(files, null);
        }

        Connection connection = OpenConnection(files.Database);
        try
        {
            // Version 0: the hub is making it at this moment.
            if (Schema.ReadVersion(connection) > 0)
            {
                return new SqliteBufferReader(files, connection);
            }

            connection.Dispose();
            return new SqliteBufferReader(files, null);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The counts as last committed.</summary>
    public async Task<BufferCounts> CountAsync(CancellationToken cancellation)
    {
        if (_queries is null)
        {
            return new BufferCounts();
        }

        BufferCounts counts = CountsView.Of(await _queries.ReadCountersAsync(cancellation).ConfigureAwait(false));
        return counts with
        {
            OldestUnreceiptedAt = counts.Buffered + counts.Sent == 0
                ? null
                : await _queries.FindOldestUnreceiptedAsync(cancellation).ConfigureAwait(false),
            SizeBytes = _files.SizeBytes,
        };
    }

    /// <summary>Patients who have readings here, by their keys, sorted.</summary>
    public Task<IReadOnlyList<PatientReference>> ListPatientsAsync(CancellationToken cancellation) =>
        _queries?.ListPatientsAsync(cancellation) ?? Task.FromResult<IReadOnlyList<PatientReference>>([]);

    /// <summary>What may be told of the payloads in quarantine, oldest first, in pages.</summary>
    public IAsyncEnumerable<QuarantinedPayload> ReadQuarantineAsync(CancellationToken cancellation) =>
        _queries?.ReadQuarantineAsync(cancellation) ?? AsyncEnumerable.Empty<QuarantinedPayload>();

    /// <summary>A patient's readings in the order of arrival, in pages.</summary>
    public IAsyncEnumerable<BufferedReading> ReadHistoryAsync(PatientReference patient, CancellationToken cancellation) =>
        _queries?.ReadHistoryAsync(patient, cancellation) ?? AsyncEnumerable.Empty<BufferedReading>();

    /// <summary>How many readings of a patient there are.</summary>
    public Task<HeldReadings> CountHeldAsync(PatientReference patient, CancellationToken cancellation) =>
        _queries?.CountHeldAsync(patient, cancellation) ?? Task.FromResult(default(HeldReadings));

    /// <summary>The readings that are nobody's, oldest first, in pages.</summary>
    public IAsyncEnumerable<UnassignedReading> ReadUnassignedAsync(CancellationToken cancellation) =>
        _queries?.ReadUnassignedAsync(cancellation) ?? AsyncEnumerable.Empty<UnassignedReading>();

    /// <summary>What persons did with readings, oldest first, in pages.</summary>
    public IAsyncEnumerable<RecordedAct> ReadActsAsync(CancellationToken cancellation) =>
        _queries?.ReadActsAsync(cancellation) ?? AsyncEnumerable.Empty<RecordedAct>();

    /// <inheritdoc/>
    public void Dispose() => _queries?.Dispose();

    /// <summary>A log-mode database in a folder that can't be written is opened as a file that nobody changes, if it has no log.</summary>
    private static Connection OpenConnection(string path)
    {
        Connection connection = OpenPatient(path, immutable: false);
        try
        {
            connection.Scalar("SELECT count(*) FROM sqlite_schema");
            return connection;
        }
        catch (BufferException error) when (error.Fault == BufferFault.ReadOnly && !File.Exists(path + "-wal"))
        {
            connection.Dispose();
            return OpenPatient(path, immutable: true);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>One that waits from its first question on: while the hub makes the buffer it has the file to itself.</summary>
    private static Connection OpenPatient(string path, bool immutable)
    {
        Connection connection = Connection.OpenReader(path, immutable);
        connection.Execute("PRAGMA busy_timeout = 5000");
        return connection;
    }
}
