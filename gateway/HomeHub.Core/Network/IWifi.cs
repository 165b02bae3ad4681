namespace HomeHub.Core.Network;

/// <summary>Port: the wireless networks around, and joining one. Passphrases go to the system, which keeps them; the hub keeps and logs none.</summary>
public interface IWifi : IAsyncDisposable
{
    /// <summary>How it stands, with the networks that were heard last. Never fails: what hinders is a condition.</summary>
    Task<WifiState> ReadAsync(CancellationToken cancellation);

    /// <summary>Has the system listen for networks anew; returns when it has been asked. What is heard shows in <see cref="ReadAsync"/> some seconds later.</summary>
    Task ListenAsync(CancellationToken cancellation);

    /// <summary>Joins a network, in place of the one that is joined now, and waits until there is an address or it is known why not.</summary>
    /// <param name="id"><see cref="WifiNetwork.Id"/>.</param>
    /// <param name="passphrase">The passphrase; null for a network without one.</param>
    /// <param name="cancellation">Stops waiting; the system may go on joining.</param>
    Task<WifiJoin> JoinAsync(string id, string? passphrase, CancellationToken cancellation);

    /// <summary>Has the system forget every wireless network that it would join, with its passphrase; the one that is joined ends. Idempotent.</summary>
    Task<WifiForget> ForgetAsync(CancellationToken cancellation);
}
