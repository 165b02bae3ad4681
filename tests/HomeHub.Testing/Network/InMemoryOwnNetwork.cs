using HomeHub.Core.Network;

namespace HomeHub.Testing.Network;

/// <summary>A double of <see cref="IOwnNetwork"/>: an adapter in memory.</summary>
public sealed class InMemoryOwnNetwork : IOwnNetwork
{
    private volatile OwnNetwork? _open;

    /// <summary>How it stands while it is not open.</summary>
    public OwnNetworkCondition Condition { get; set; } = OwnNetworkCondition.Closed;

    /// <summary>Whether it can't be opened.</summary>
    public bool Fails { get; set; }

    /// <summary>What is open.</summary>
    public OwnNetwork? Network => _open;

    /// <summary>How often it was to be opened.</summary>
    public int Tries { get; private set; }

    /// <summary>Another network was joined by the same adapter.</summary>
    public void End() => _open = null;

    /// <inheritdoc/>
    public Task<OwnNetworkSight> ReadAsync(CancellationToken cancellation) =>
        Task.FromResult(_open is null || Condition != OwnNetworkCondition.Closed ? new OwnNetworkSight(Condition) : new OwnNetworkSight(OwnNetworkCondition.Open, "wlan0"));

    /// <inheritdoc/>
    public Task<bool> OpenAsync(OwnNetwork network, CancellationToken cancellation)
    {
        Tries++;
        bool opens = Condition == OwnNetworkCondition.Closed && !Fails;
        _open = _open ?? (opens ? network : null);
        return Task.FromResult(_open is not null);
    }

    /// <inheritdoc/>
    public Task CloseAsync(CancellationToken cancellation)
    {
        _open = null;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
