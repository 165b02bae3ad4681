using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;

namespace HomeHub.Sqlite;

/// <summary>What persons did, in <c>audit.db</c> beside the buffer.</summary>
public sealed class SqliteAuditLog : IAuditLog
{
    /// <summary>Name of the file within the data folder.</summary>
    public const string FileName = "audit.db";

    private const string Columns = "number, at, at_offset, act, who, patient, about, hash";

    private readonly SharedFile _file;
    private readonly Connection _connection;

    private SqliteAuditLog(SharedFile file)
    {
        _file = file;
        _connection = file.Connection;
    }

    /// <summary>Opens the log of a data folder, making folder and file where they are missing.</summary>
    /// <exception cref="BufferException">It can't be opened: no right to, damaged, or of a newer program.</exception>
    public static Task<SqliteAuditLog> OpenAsync(string folder, CancellationToken cancellation) =>
        Task.Run(() => new SqliteAuditLog(SharedFile.Open(folder, FileName, AuditSchema.Steps)), cancellation);

    /// <inheritdoc/>
    public Task<AuditEntry> AddAsync(AuditNote note, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(note);
        return note.Validate() is { } wrong ? throw new ArgumentException(wrong, nameof(note)) : _file.RunAsync(() => Add(note), cancellation);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditEntry>> ReadAsync(long after, int max, CancellationToken cancellation) =>
        _file.RunAsync<IReadOnlyList<AuditEntry>>(() => Page(after, max), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditEntry>> ReadNewestAsync(PatientReference? patient, long before, int max, CancellationToken cancellation) =>
        _file.RunAsync<IReadOnlyList<AuditEntry>>(() => Newest(patient, before, max), cancellation);

    /// <inheritdoc/>
    public Task<AuditEntry?> ReadLastAsync(CancellationToken cancellation) => _file.RunAsync(Last, cancellation);

    /// <inheritdoc/>
    public Task<AuditCheck> VerifyAsync(string? mark, CancellationToken cancellation) => _file.RunAsync(() => Verify(mark), cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    private AuditEntry Add(AuditNote note)
    {
        // The last one is read within the transaction: a command may add beside the hub.
        _connection.Execute("BEGIN IMMEDIATE");
        AuditEntry? last = Last();
        AuditEntry entry = AuditEntry.Of((last?.Number ?? 0) + 1, note, (last?.Hash ?? AuditEntry.Start).Span);
        using Statement insert = _connection.Prepare($"INSERT INTO entry ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
        insert.Bind(1, entry.Number);
        ReadingRow.BindTime(insert, 2, note.At);
        insert.Bind(4, note.Act).Bind(5, note.Who).Bind(6, note.Patient?.Key).Bind(7, note.About).Bind(8, entry.Hash.Span).Run();
        _connection.Execute("COMMIT");
        return entry;
    }

    private AuditEntry? Last()
    {
        using Statement select = _connection.Prepare($"SELECT {Columns} FROM entry ORDER BY number DESC LIMIT 1");
        return select.Step() ? Read(select) : null;
    }

    private List<AuditEntry> Page(long after, int max)
    {
        using Statement select = _connection.Prepare($"SELECT {Columns} FROM entry WHERE number > ?1 ORDER BY number LIMIT ?2");
        return ReadAll(select.Bind(1, after).Bind(2, max));
    }

    private List<AuditEntry> Newest(PatientReference? patient, long before, int max)
    {
        using Statement select = _connection.Prepare($"SELECT {Columns} FROM entry WHERE number < ?1 AND (?3 IS NULL OR patient = ?3) ORDER BY number DESC LIMIT ?2");
        return ReadAll(select.Bind(1, before).Bind(2, max).Bind(3, patient?.Key));
    }

    private static List<AuditEntry> ReadAll(Statement select)
    {
        var entries = new List<AuditEntry>();
        while (select.Step())
        {
            entries.Add(Read(select));
        }

        return entries;
    }

    private AuditCheck Verify(string? mark)
    {
        long count = 0;
        long? broken = null;
        long kept = mark is not null && long.TryParse(mark.Split(':')[0], out long number) ? number : 0;
        AuditEntry? last = null;
        using Statement select = _connection.Prepare($"SELECT {Columns} FROM entry ORDER BY number");
        while (select.Step())
        {
            AuditEntry entry = Read(select);
            AuditEntry expected = AuditEntry.Of(++count, entry.Note, (last?.Hash ?? AuditEntry.Start).Span);
            bool isSame = entry.Number == count && entry.Hash.Span.SequenceEqual(expected.Hash.Span) && (entry.Number != kept || entry.Mark == mark);
            broken ??= isSame ? null : count;
            last = entry;
        }

        // Entries that were there when the mark was kept, and are gone.
        broken ??= kept > count ? count + 1 : null;
        return new AuditCheck(count, last?.Mark, broken);
    }

    private static AuditEntry Read(Statement row)
    {
        PatientReference? patient = row.IsNull(5) ? null : PatientReference.TryParse(row.Text(5), out PatientReference? read) ? read : new PatientReference(row.Text(5)!);
        return new AuditEntry(
            row.Int64(0), new AuditNote(ReadingRow.ReadTime(row, 1), row.Text(3)!, row.Text(4)!, patient, row.Text(6)), row.Blob(7).ToArray());
    }
}
