using HomeHub.Core.Delivery;

namespace HomeHub.Testing.Delivery;

/// <summary>An uplink with its other end: what a contract test needs to play broker and relay.</summary>
public abstract class UplinkBench : IAsyncDisposable
{
    /// <summary>The uplink under test, connected.</summary>
    public abstract IUplink Uplink { get; }

    /// <summary>The next Bundle that arrives at the other end: its UUID and its bytes as they were published.</summary>
    public abstract Task<(Guid Bundle, UplinkPayload Payload)> NextAsync(CancellationToken cancellation);

    /// <summary>The relay commits a Bundle.</summary>
    public abstract Task CommitAsync(Guid bundle, IReadOnlyList<Guid> entries);

    /// <summary>The relay refuses a Bundle.</summary>
    public abstract Task RefuseAsync(Guid bundle, string reason, IReadOnlyList<RefusedEntry> entries);

    /// <summary>The broker goes away.</summary>
    public abstract Task StopBrokerAsync();

    /// <summary>The broker is back.</summary>
    public abstract Task StartBrokerAsync();

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
