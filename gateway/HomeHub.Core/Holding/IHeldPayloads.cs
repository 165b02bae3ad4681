namespace HomeHub.Core.Holding;

/// <summary>Port: payloads that wait until the hub knows its time. Durable: what was held survives a power cut.</summary>
public interface IHeldPayloads : IAsyncDisposable
{
    /// <summary>Most payloads that are held; devices keep what comes after.</summary>
    const int MaxHeld = 200_000;

    /// <summary>How many are held.</summary>
    long Count { get; }

    /// <summary>Holds payloads, synced to disk when it returns; false, and none of them, when there is no room.</summary>
    /// <exception cref="Buffering.BufferException">The disk refuses.</exception>
    Task<bool> HoldAsync(IReadOnlyList<HeldPayload> payloads, CancellationToken cancellation);

    /// <summary>
    /// Notes when the system was started that runs now. The first word on a start stays: what was held in it gets the same time however often it is released.
    /// </summary>
    /// <exception cref="Buffering.BufferException">The disk refuses.</exception>
    Task NoteBootAsync(string bootId, DateTimeOffset bootedAt, CancellationToken cancellation);

    /// <summary>The oldest payloads after a number, at most <paramref name="max"/>, with what is known of their starts.</summary>
    /// <exception cref="Buffering.BufferException">The disk refuses.</exception>
    Task<IReadOnlyList<HeldPayload>> ReadAsync(long after, int max, CancellationToken cancellation);

    /// <summary>Removes all up to a number.</summary>
    /// <exception cref="Buffering.BufferException">The disk refuses.</exception>
    Task RemoveAsync(long upTo, CancellationToken cancellation);
}
