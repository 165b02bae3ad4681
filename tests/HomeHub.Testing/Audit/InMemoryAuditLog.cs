using HomeHub.Core.Audit;
using HomeHub.Core.Identity;

namespace HomeHub.Testing.Audit;

/// <summary>A double of the audit log: the port's contract in a list, nothing durable.</summary>
public sealed class InMemoryAuditLog : IAuditLog
{
    private readonly Lock _gate = new();
    private readonly List<AuditEntry> _entries = [];

    /// <inheritdoc/>
    public Task<AuditEntry> AddAsync(AuditNote note, CancellationToken cancellation)
    {
        if (note.Validate() is { } wrong)
        {
            throw new ArgumentException(wrong, nameof(note));
        }

        lock (_gate)
        {
            ReadOnlyMemory<byte> before = _entries.Count > 0 ? _entries[^1].Hash : AuditEntry.Start;
            _entries.Add(AuditEntry.Of(_entries.Count + 1, note, before.Span));
            return Task.FromResult(_entries[^1]);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditEntry>> ReadAsync(long after, int max, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<AuditEntry>>([.. _entries.Skip((int)after).Take(max)]);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditEntry>> ReadNewestAsync(PatientReference? patient, long before, int max, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<AuditEntry>>(
                [.. _entries.Where(entry => entry.Number < before && (patient is null || entry.Note.Patient == patient)).Reverse().Take(max)]);
        }
    }

    /// <inheritdoc/>
    public Task<AuditEntry?> ReadLastAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult(_entries.LastOrDefault());
        }
    }

    /// <inheritdoc/>
    /// <remarks>Nobody can change a list that only this class has: only a mark that is not of it is found out.</remarks>
    public Task<AuditCheck> VerifyAsync(string? mark, CancellationToken cancellation)
    {
        lock (_gate)
        {
            long? broken = mark is null || _entries.Exists(entry => entry.Mark == mark)
                ? null
                : Math.Min(long.Parse(mark.Split(':')[0], System.Globalization.CultureInfo.InvariantCulture), _entries.Count + 1);
            return Task.FromResult(new AuditCheck(_entries.Count, _entries.LastOrDefault()?.Mark, broken));
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
