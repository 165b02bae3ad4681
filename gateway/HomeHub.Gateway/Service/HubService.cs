using System.Globalization;
using System.Net.Sockets;
using HomeHub.Core.Liveness;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Gateway.Service;

/// <summary>
/// The hub as a service: tells the service manager when it is ready and how it is, and feeds the manager's watchdog only while all loops of the hub go on or say why they can't. Until it is ready
/// first, it asks for more time in the same way.
/// </summary>
/// <param name="manager">The manager.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told what stalls.</param>
/// <param name="octets">How many octets the process has read and written by now, by which it is told whether opening goes on; null: as the system tells it.</param>
internal sealed class HubService(ServiceManager manager, TimeProvider time, ILogger logger, Func<long?>? octets = null)
{
    /// <summary>How often a watchdog is fed in its time, so that one meal may be missed.</summary>
    private const int MealsPerWatchdog = 3;

    private readonly Func<long?> _octets = octets ?? ProcessOctets.Read;
    private readonly TimeSpan _interval = (manager.Watchdog ?? TimeSpan.FromMinutes(1)) / MealsPerWatchdog;
    private volatile Opening? _opening;
    private volatile bool _wasReady;
    private string? _status;
    private string? _stalled;
    private bool _hasFailed;

    /// <summary>The loops that are looked at.</summary>
    public HubLiveness Liveness { get; } = new(time);

    /// <summary>One that nobody watches over.</summary>
    public static HubService Unwatched(TimeProvider time) => new(ServiceManager.Find(_ => null), time, NullLogger.Instance);

    /// <summary>The hub opens what it keeps: until it is ready that has to go on.</summary>
    /// <returns>Ends it, where it was given up.</returns>
    public IDisposable BeginOpening() => _opening = Opening.Begin(Liveness, _octets, time);

    /// <summary>Everything runs.</summary>
    public void TellReady()
    {
        _opening?.Dispose();
        (_opening, _wasReady) = (null, true);
        Tell("READY=1");
    }

    /// <summary>The hub ends.</summary>
    public void TellStopping() => Tell("STOPPING=1");

    /// <summary>Feeds the watchdog until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (!manager.IsThere)
        {
            return;
        }

        using var timer = new PeriodicTimer(_interval, time);
        do
        {
            _opening?.Look();
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
        if (!_wasReady)
        {
            // Counts from now, and only where it is later than the time that the manager gives by itself.
            Tell(string.Create(CultureInfo.InvariantCulture, $"EXTEND_TIMEOUT_USEC={(long)(_interval * MealsPerWatchdog).TotalMicroseconds}"));
        }

        TellStatus(_opening is not null ? "Opening what it keeps" : loops.FirstOrDefault(loop => loop.Excuse is not null) is { } waiting ? $"{waiting.Name}: {waiting.Excuse}" : "All loops go on");
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
