namespace HomeHub.Core.Acquisition;

/// <summary>Port: something that payloads come from. Bluetooth, a replayed capture, a simulated household.</summary>
public interface IPayloadSource
{
    /// <summary>Name for logs, e.g. <c>replay</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Payloads in the order of reception. When the next one is not at hand at once, all that were given before are put on disk before
    /// it is waited for; so a source that stays unread keeps what it has. Ends when the source is exhausted.
    /// </summary>
    IAsyncEnumerable<SourceItem> ReadAsync(CancellationToken cancellation);
}
