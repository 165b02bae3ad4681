using System.Net.Sockets;
using HomeHub.Core.Liveness;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Gateway.Service;

/// <summary>
/// The hub as a service: tells the service manager when it is ready and how it is, and feeds the manager's watchdog only while all loops of the hub go on or say why they can't.
/// </summary>
internal sealed class HubService(ServiceManager manager, TimeProvider time, ILogger logger)
{
    /// <summary>How often a watchdog is fed in its time, so that one meal may be missed.</summary>
    private const int MealsPerWatchdog = 3;

    private string? _status;
    private string? _stalled;
    private bool _hasFailed;

    /// <summary>The loops that are looked at.</summary>
    public HubLiveness Liveness { get; } = new(time);

    /// <summary>One that nobody watches over.</summary>
    public static HubService Unwatched(TimeProvider time) => new(ServiceManager.Find(_ => null), time, NullLogger.Instance);

    /// <summary>Everything runs.</summary>
    public void TellReady() => Tell("READY=1");

    /// <summary>The hub ends.</summary>
    public void TellStopping() => Tell("STOPPING=1");

    /// <summary>Feeds the watchdog until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (!manager.IsThere)
        {
            return;
        }

        using var timer = new PeriodicTimer((manager.Watchdog ?? TimeSpan.FromMinutes(1)) / MealsPerWatchdog, time);
        do
        {
            Feed(Liveness.Look());
        }
        while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false));
    }

    private void Feed(IReadOnlyList<LoopState> loops)
    {
        string stalled = string.Join(", ", loops.Where(loop => loop.HasStalled).Select(loop => loop.Name));
        if (stalled.Length > 0)
        {
            if (stalled != _stalled)
            {
                logger.LogCritical("Nothing was heard of {Loops} for too long: the watchdog is fed no more, and the service manager starts the hub again", stalled);
            }

            _stalled = stalled;
            TellStatus($"Stalled: {stalled}");
            return;
        }

        _stalled = null;
        Tell("WATCHDOG=1");
        TellStatus(loops.FirstOrDefault(loop => loop.Excuse is not null) is { } waiting ? $"{waiting.Name}: {waiting.Excuse}" : "All loops go on");
    }

    private void TellStatus(string status)
    {
        status = status.ReplaceLineEndings(" ");
        if (status != _status)
        {
            _status = status;
            Tell($"STATUS={status}");
        }
    }

    private void Tell(string state)
    {
        try
        {
            manager.Tell(state);
            _hasFailed = false;
        }
        catch (SocketException error)
        {
            if (!_hasFailed)
            {
                logger.LogWarning("The service manager can't be told how the hub is: {Reason}", error.Message);
            }

            _hasFailed = true;
        }
    }
}
