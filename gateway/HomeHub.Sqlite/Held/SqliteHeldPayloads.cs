using HomeHub.Core.Buffering;
using HomeHub.Core.Holding;

namespace HomeHub.Sqlite;

/// <summary>Payloads that wait for the hub's time, in <c>held.db</c> beside the buffer.</summary>
public sealed class SqliteHeldPayloads : IHeldPayloads
{
    /// <summary>Name of the file within the data folder.</summary>
    public const string FileName = "held.db";

    private const string Tables = """
        CREATE TABLE boot (id TEXT PRIMARY KEY NOT NULL, booted_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE held (
          number INTEGER PRIMARY KEY AUTOINCREMENT, boot TEXT NOT NULL, uptime INTEGER NOT NULL, received_at INTEGER NOT NULL, received_offset INTEGER NOT NULL,
          payload BLOB NOT NULL);
        """;

    private readonly SharedFile _file;
    private readonly Connection _connection;
    private long _count;

    private SqliteHeldPayloads(SharedFile file)
    {
        _file = file;
        _connection = file.Connection;
        _count = _connection.Scalar("SELECT count(*) FROM held");
    }

    /// <inheritdoc/>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Opens the file of a data folder, making folder and file where they are missing.</summary>
    /// <exception cref="BufferException">It can't be opened: no right to, damaged, or of a newer program.</exception>
    public static Task<SqliteHeldPayloads> OpenAsync(string folder, CancellationToken cancellation) => Task.Run(
        () =>
        {
            SharedFile file = SharedFile.Open(folder, FileName, [Tables]);
            try
            {
                return new SqliteHeldPayloads(file);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        },
        cancellation);

    /// <summary>How many payloads a data folder holds, while a hub may run on it; 0 where there is no such file.</summary>
    public static long CountIn(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return 0;
        }

        using Connection connection = Connection.OpenReader(path);
        connection.Execute("PRAGMA busy_timeout = 5000");
        return connection.Scalar("SELECT count(*) FROM held");
    }

    /// <inheritdoc/>
    public Task<bool> HoldAsync(IReadOnlyList<HeldPayload> payloads, CancellationToken cancellation) => _file.RunAsync(
        () =>
        {
            if (_count + payloads.Count > IHeldPayloads.MaxHeld)
            {
                return false;
            }

            _connection.Execute("BEGIN IMMEDIATE");
            using (Statement insert = _connection.Prepare(
                "INSERT INTO held (boot, uptime, received_at, received_offset, payload) VALUES (?1, ?2, ?3, ?4, ?5)"))
            {
                foreach (HeldPayload one in payloads)
                {
                    DateTimeOffset receivedAt = one.Payload.Payload.ReceivedAt;
                    insert.Bind(1, one.BootId).Bind(2, one.Uptime.Ticks).Bind(3, receivedAt.UtcTicks).Bind(4, (long)receivedAt.TotalOffsetMinutes)
                        .Bind(5, HeldRows.Write(one.Payload)).Run();
                }
            }

            _connection.Execute("COMMIT");
            Interlocked.Add(ref _count, payloads.Count);
            return true;
        },
        cancellation);

    /// <inheritdoc/>
    public Task NoteBootAsync(string bootId, DateTimeOffset bootedAt, CancellationToken cancellation) => _file.RunAsync(
        () =>
        {
            using Statement note = _connection.Prepare("INSERT OR IGNORE INTO boot VALUES (?1, ?2)");
            return note.Bind(1, bootId).Bind(2, bootedAt.UtcTicks).Run();
        },
        cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<HeldPayload>> ReadAsync(long after, int max, CancellationToken cancellation) => _file.RunAsync<IReadOnlyList<HeldPayload>>(
        () =>
        {
            List<HeldPayload> found = [];
            using Statement select = _connection.Prepare("""
                SELECT number, held.boot, uptime, received_at, received_offset, payload, booted_at FROM held LEFT JOIN boot ON boot.id = held.boot
                WHERE number > ?1 ORDER BY number LIMIT ?2
                """);
            select.Bind(1, after).Bind(2, (long)max);
            while (select.Step())
            {
                var receivedAt = new DateTimeOffset(select.Int64(3), TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(select.Int64(4)));
                found.Add(new HeldPayload(
                    HeldRows.Read(select.Blob(5), receivedAt, _connection.Path), select.Text(1)!, TimeSpan.FromTicks(select.Int64(2)))
                {
                    Number = select.Int64(0),
                    BootedAt = select.IsNull(6) ? null : new DateTimeOffset(select.Int64(6), TimeSpan.Zero),
                });
            }

            return found;
        },
        cancellation);

    /// <inheritdoc/>
    public async Task RemoveAsync(long upTo, CancellationToken cancellation)
    {
        await _file.RunAsync(
            () =>
            {
                using Statement remove = _connection.Prepare("DELETE FROM held WHERE number <= ?1");
                int gone = remove.Bind(1, upTo).Run();
                Interlocked.Add(ref _count, -gone);
                return gone;
            },
            cancellation).ConfigureAwait(false);
        if (Count == 0)
        {
            await _file.GiveBackAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }
}
