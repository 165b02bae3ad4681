namespace HomeHub.Core.Board;

/// <summary>Port: what the button has the hub do. A member is not called again before it has returned.</summary>
public interface IBoardActs
{
    /// <summary>Holds the pairing window open, until a device is paired, or it is known why none is.</summary>
    /// <returns>Whether a device was paired.</returns>
    Task<bool> PairAsync(CancellationToken cancellation);

    /// <summary>Forgets the networks of the home and opens the hub's own.</summary>
    /// <returns>Whether that was done.</returns>
    Task<bool> ResetNetworkAsync(CancellationToken cancellation);
}
