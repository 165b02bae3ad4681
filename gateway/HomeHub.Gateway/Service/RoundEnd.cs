using HomeHub.Core.Liveness;
using HomeHub.Gateway.Moving;

namespace HomeHub.Gateway.Service;

/// <summary>
/// The end of a round, watched over from its beginning until the round has returned: all loops are told to end then and looked at no more, and one that does not end would hang the hub with its
/// watchdog fed for ever.
/// </summary>
internal sealed class RoundEnd : IAsyncDisposable
{
    private readonly CancellationTokenRegistration _begun;
    private LoopPulse? _pulse;

    /// <summary>Begins to wait for it.</summary>
    /// <param name="restart">Ends the round.</param>
    /// <param name="service">Told when the end begins, where it is that of the process: from then on the manager has a limit too.</param>
    public RoundEnd(HubRestart restart, HubService service) => _begun = restart.Ending.Register(() =>
    {
        _pulse = service.Liveness.Add("ending", HubRestart.EndLimit);
        if (!restart.IsAsked)
        {
            service.TellStopping();
        }
    });

    /// <summary>The round has returned.</summary>
    public async ValueTask DisposeAsync()
    {
        await _begun.DisposeAsync().ConfigureAwait(false);
        _pulse?.Dispose();
    }
}
