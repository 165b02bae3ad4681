using System.Collections.Concurrent;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Acts;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using Microsoft.Extensions.Logging;

namespace HomeHub.Sqlite;

/// <summary>The buffer in an SQLite file: write-ahead log, synced at each commit that anyone relies on, group commit by one writer.</summary>
public sealed partial class SqliteReadingBuffer : IReadingBuffer
{
    /// <summary>Readings looked at in one step of pruning, so that appends go on meanwhile.</summary>
    private const int PruneStepReadings = 2_000;

    private readonly BufferFiles _files;
    private readonly FileStream _lock;
    private readonly Connection _connection;
    private readonly Counters _counters;
    private readonly WriteSession _session;
    private readonly BufferWriter _writer;
    private readonly BufferQueries _queries;
    private readonly ConcurrentDictionary<(Recipient Recipient, Guid Device), string> _known = new();
    private readonly ConcurrentDictionary<Recipient, string> _bufferedNames = new();
    private readonly ILogger _logger;
    private long _sentAgain;
    private int _isDisposed;

    private SqliteReadingBuffer(
        BufferFiles files, FileStream @lock, Connection connection, SqliteBufferOptions options, Opening opening, TimeProvider time, ILogger logger)
    {
        _files = files;
        _lock = @lock;
        _connection = connection;
        _counters = new Counters();
        _counters.Load(connection);
        _sentAgain = _counters.GetTold(Counters.SentAgain);
        _logger = logger;
        Hub = opening.ReadHub(connection);
        Recovery = opening.Recovery;
        KnownSince = _counters.GetTold(Counters.KnownSince) is > 0 and long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
        LoadKnownDevices();
        _session = new WriteSession(connection, options, _counters, logger);
        EndLeases();
        _writer = new BufferWriter(connection, _session, options, time, logger, () => files.MarkDamage(time.GetUtcNow()), LoadKnownDevices);
        _queries = new BufferQueries(Connection.OpenReader(files.Database), _writer.CommitHeldAsync);
    }

    /// <inheritdoc/>
    public HubIdentity Hub { get; }

    /// <inheritdoc/>
    public DateTimeOffset? KnownSince { get; }

    /// <summary>What was done about a damaged database at this start; null when it was sound.</summary>
    public BufferRecovery? Recovery { get; }

    /// <summary>Opens the buffer, making it when it is absent. Checks it first, and sets a damaged one aside.</summary>
    /// <exception cref="BufferException">Held by another process, full, read-only, or of a newer program: the message names the path.</exception>
    public static Task<SqliteReadingBuffer> OpenAsync(
        SqliteBufferOptions options, TimeProvider time, ILogger<SqliteReadingBuffer> logger, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxSizeMiB, SqliteBufferOptions.MinSizeMiB);
        return Task.Run(() => Open(options, time, logger), cancellation);
    }

    private static SqliteReadingBuffer Open(SqliteBufferOptions options, TimeProvider time, ILogger logger)
    {
        var files = new BufferFiles(options.Folder);
        files.CreateFolder();
        FileStream @lock = files.TakeLock();
        Connection? connection = null;
        try
        {
            var opening = new Opening(files, options, time, logger);
            connection = opening.Open();
            return new SqliteReadingBuffer(files, @lock, connection, options, opening, time, logger);
        }
        catch
        {
            connection?.Dispose();
            @lock.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public long CountBuffered(Recipient recipient) =>
        _counters.GetTold(_bufferedNames.GetOrAdd(recipient, to => new RecipientCounters(to.Slug).Of(DeliveryState.Buffered)));

    /// <inheritdoc/>
    public Task<AppendOutcome[]> AppendAsync(IReadOnlyList<NewReading> readings, CancellationToken cancellation)
    {
        var prepared = new PreparedReading[readings.Count];
        for (int i = 0; i < prepared.Length; i++)
        {
            prepared[i] = PreparedReading.Of(readings[i]);
        }

        return prepared.Length == 0
            ? Task.FromResult(Array.Empty<AppendOutcome>())
            : _writer.RunAsync(isDurable: true, prepared.Length, session => session.Append(prepared), cancellation);
    }

    /// <inheritdoc/>
    public Task<int> QuarantineAsync(IReadOnlyList<RejectedPayload> payloads, CancellationToken cancellation) => payloads.Count == 0
        ? Task.FromResult(0)
        : _writer.RunAsync(isDurable: true, payloads.Count, session => session.Quarantine(payloads), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BufferedReading>> LeaseAsync(
        Recipient recipient, int maxReadings, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxReadings, 1);
        return CountBuffered(recipient) == 0
            ? Task.FromResult<IReadOnlyList<BufferedReading>>([])
            : _writer.RunLaterAsync((int)Math.Min(maxReadings, CountBuffered(recipient)), session => session.Lease(recipient, maxReadings, now), cancellation);
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(Recipient recipient, IReadOnlyList<long> ids, CancellationToken cancellation) => ids.Count == 0
        ? Task.CompletedTask
        : _writer.RunLaterAsync(ids.Count, session => session.Release(recipient, ids), cancellation);

    /// <inheritdoc/>
    public Task SettleAsync(
        Recipient recipient,
        IReadOnlyList<long> receipted,
        IReadOnlyList<RejectedReading> rejected,
        DateTimeOffset now,
        CancellationToken cancellation) => receipted.Count + rejected.Count == 0
        ? Task.CompletedTask
        : _writer.RunLaterAsync(
            receipted.Count + rejected.Count, session => session.Settle(recipient, receipted, rejected, now), cancellation);

    /// <inheritdoc/>
    public Task<bool> IsAllReceiptedAsync(string deviceAddress, ushort service, CancellationToken cancellation) =>
        _queries.IsAllReceiptedAsync(deviceAddress, service, cancellation);

    /// <inheritdoc/>
    public void NoteSentAgain(int readings)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(readings);
        Interlocked.Add(ref _sentAgain, readings);

        // Should the queue be full, the next note, or the end, takes it along.
        _writer.Post(SaveSentAgain);
    }

    private void SaveSentAgain(WriteSession session) => session.Counters.Set(Counters.SentAgain, Interlocked.Read(ref _sentAgain));

    /// <inheritdoc/>
    public Task ProbeAsync(CancellationToken cancellation) => _writer.RunLaterAsync(rows: 0, _ => true, cancellation);

    /// <inheritdoc/>
    public Task CommitAsync(CancellationToken cancellation) => _writer.CommitHeldAsync(cancellation);

    /// <inheritdoc/>
    public Task<int> RetryRejectedAsync(Recipient recipient, CancellationToken cancellation) =>
        _writer.RunAsync(isDurable: true, rows: 1, session => session.RetryRejected(recipient), cancellation);

    /// <inheritdoc/>
    public Task<int> ForgetDeviceAsync(string address, CancellationToken cancellation) =>
        _writer.RunAsync(isDurable: true, rows: 1, session => session.ForgetDevice(address), cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<UnassignedReading> ReadUnassignedAsync(CancellationToken cancellation) => _queries.ReadUnassignedAsync(cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<UnassignedReading> ReadUnassignedOfAsync(string deviceAddress, CancellationToken cancellation) => _queries.ReadUnassignedOfAsync(deviceAddress, cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<RecordedAct> ReadActsAsync(CancellationToken cancellation) => _queries.ReadActsAsync(cancellation);

    /// <inheritdoc/>
    public async Task<BufferCounts> CountAsync(CancellationToken cancellation)
    {
        BufferCounts counts = CountsView.Of(_counters.Told);
        return counts with
        {
            SentAgain = Interlocked.Read(ref _sentAgain),
            OldestUnreceiptedAt = counts.Buffered + counts.Sent == 0
                ? null
                : await FindOldestUnreceiptedAsync(cancellation).ConfigureAwait(false),
            SizeBytes = _files.SizeBytes,
            IsFull = _session.IsFull,
        };
    }

    /// <summary>Asked each second: so where something is held, within its transaction, rather than have that committed.</summary>
    private Task<DateTimeOffset?> FindOldestUnreceiptedAsync(CancellationToken cancellation) => _writer.IsHolding
        ? _writer.RunLaterAsync(rows: 0, session => session.FindOldestUnreceipted(), cancellation)
        : _queries.FindOldestUnreceiptedAsync(cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PatientReference>> ListPatientsAsync(CancellationToken cancellation) => _queries.ListPatientsAsync(cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<BufferedReading> ReadHistoryAsync(PatientReference patient, CancellationToken cancellation) =>
        _queries.ReadHistoryAsync(patient, cancellation);

    /// <inheritdoc/>
    public ValueTask<string?> GetKnownDeviceAsync(Recipient recipient, Guid device, CancellationToken cancellation) =>
        ValueTask.FromResult(_known.GetValueOrDefault((recipient, device)));

    /// <inheritdoc/>
    public Task SetKnownDeviceAsync(Recipient recipient, Guid device, string? contentHash, CancellationToken cancellation) => _writer.RunLaterAsync(
        rows: 1,
        session =>
        {
            session.WhenDone(() => Remember(recipient, device, contentHash));
            return session.SetKnownDevice(recipient, device, contentHash);
        },
        cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        try
        {
            await SaveLastAsync().ConfigureAwait(false);
            await _writer.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            // The last connection to close moves the log into the database and removes it.
            _queries.Dispose();
            _session.Dispose();
            _connection.Dispose();
            await _lock.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>What was noted and found no place in the queue, and that it ends in order.</summary>
    private async Task SaveLastAsync()
    {
        try
        {
            await _writer.RunAsync(
                isDurable: false,
                rows: 1,
                session =>
                {
                    SaveSentAgain(session);
                    session.Counters.Set(Counters.CleanEnd, 1);
                    return true;
                },
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (BufferException error)
        {
            _logger.LogWarning(error, "How often readings were sent again, and that this is the end, could not be saved.");
        }
    }

    private void Remember(Recipient recipient, Guid device, string? contentHash)
    {
        if (contentHash is null)
        {
            _known.TryRemove((recipient, device), out _);
        }
        else
        {
            _known[(recipient, device)] = contentHash;
        }
    }

    private void LoadKnownDevices()
    {
        _known.Clear();
        using Statement select = _connection.Prepare("SELECT text, device, hash FROM known_device JOIN recipient ON recipient.id = recipient");
        while (select.Step())
        {
            _known[(new Recipient(select.Text(0)!), new Guid(select.Blob(1), bigEndian: true))] = select.Text(2)!;
        }
    }

    private void EndLeases()
    {
        _connection.Execute("BEGIN IMMEDIATE");
        _session.EndLeases();
        _session.NoteStart();
        _session.SaveCounters();
        _connection.Execute("COMMIT");
        _session.Publish();
    }
}
