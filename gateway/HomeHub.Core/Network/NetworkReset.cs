namespace HomeHub.Core.Network;

/// <summary>Has the networks of the home forgotten, and the hub's own opened in their place.</summary>
/// <param name="port">Tells whether the hub can open one.</param>
/// <param name="wifi">Forgets them.</param>
/// <param name="keeper">Opens the hub's own.</param>
public sealed class NetworkReset(IOwnNetwork port, IWifi wifi, OwnNetworkKeeper keeper)
{
    /// <summary>Forgets them, and opens the hub's own as if the nurse had asked. Nothing is forgotten where the hub can open none: nobody would reach it.</summary>
    /// <returns>Null: nothing was done, as it can open none.</returns>
    public async Task<WifiForget?> RunAsync(CancellationToken cancellation)
    {
        if (!(await port.ReadAsync(cancellation).ConfigureAwait(false)).IsPossible)
        {
            return null;
        }

        WifiForget outcome = await wifi.ForgetAsync(cancellation).ConfigureAwait(false);
        if (outcome != WifiForget.NoService)
        {
            keeper.Ask();
        }

        return outcome;
    }
}
