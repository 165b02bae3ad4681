namespace HomeHub.Core.Network;

/// <summary>Port: opens and closes a wireless network of the hub's own. It ends with the hub's process, and when another network is joined by the same adapter.</summary>
public interface IOwnNetwork : IAsyncDisposable
{
    /// <summary>How it stands. Never fails: what hinders is a condition.</summary>
    Task<OwnNetworkSight> ReadAsync(CancellationToken cancellation);

    /// <summary>Opens it, in place of the wireless network that is joined now, and waits until phones can join it. One that is open stays.</summary>
    /// <returns>False when it could not be opened.</returns>
    Task<bool> OpenAsync(OwnNetwork network, CancellationToken cancellation);

    /// <summary>Closes it; the system joins a network again that it knows. One that is closed stays.</summary>
    Task CloseAsync(CancellationToken cancellation);
}
