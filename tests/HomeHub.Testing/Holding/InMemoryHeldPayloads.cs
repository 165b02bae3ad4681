using HomeHub.Core.Buffering;
using HomeHub.Core.Holding;

namespace HomeHub.Testing.Holding;

/// <summary>A double of the disk: payloads that wait, in memory.</summary>
public sealed class InMemoryHeldPayloads : IHeldPayloads
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, HeldPayload> _held = [];
    private readonly Dictionary<string, DateTimeOffset> _boots = [];
    private long _last;

    /// <summary>Whether it takes no more.</summary>
    public bool IsFull { get; set; }

    /// <summary>What it fails by; null where it takes payloads.</summary>
    public BufferException? Fault { get; set; }

    /// <inheritdoc/>
    public long Count
    {
        get
        {
            lock (_gate)
            {
                return _held.Count;
            }
        }
    }

    /// <inheritdoc/>
    public Task<bool> HoldAsync(IReadOnlyList<HeldPayload> payloads, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (Fault is { } fault)
            {
                return Task.FromException<bool>(fault);
            }

            if (IsFull)
            {
                return Task.FromResult(false);
            }

            foreach (HeldPayload one in payloads)
            {
                _held[++_last] = one with { Number = _last };
            }

            return Task.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public Task NoteBootAsync(string bootId, DateTimeOffset bootedAt, CancellationToken cancellation)
    {
        lock (_gate)
        {
            _boots.TryAdd(bootId, bootedAt);
            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<HeldPayload>> ReadAsync(long after, int max, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<HeldPayload>>(
            [
                .. _held.Values.Where(one => one.Number > after).Take(max)
                    .Select(one => one with { BootedAt = _boots.TryGetValue(one.BootId, out DateTimeOffset at) ? at : null }),
            ]);
        }
    }

    /// <inheritdoc/>
    public Task RemoveAsync(long upTo, CancellationToken cancellation)
    {
        lock (_gate)
        {
            foreach (long number in _held.Keys.Where(number => number <= upTo).ToArray())
            {
                _held.Remove(number);
            }

            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
