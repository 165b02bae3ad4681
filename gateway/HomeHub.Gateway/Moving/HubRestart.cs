using HomeHub.Core.Buffering;
using HomeHub.Core.Moving;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Moving;

/// <summary>
/// Has the hub end all that runs, do what needs its files at rest, and start anew within the same process: no service manager is needed for it, and none has to be told. One for each round.
/// </summary>
internal sealed class HubRestart(CancellationToken stop) : IDisposable
{
    /// <summary>Longest time that the work between two rounds may take: writing a full history to a slow card.</summary>
    public static readonly TimeSpan WorkLimit = TimeSpan.FromHours(2);

    /// <summary>Longest time until all that runs has ended; every part of it has a limit of its own.</summary>
    public static readonly TimeSpan EndLimit = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
    private Func<CancellationToken, Task>? _meanwhile;

    /// <summary>Ends the round: asked for, or because the hub ends, by itself too.</summary>
    public CancellationToken Ending => _ending.Token;

    /// <summary>Whether the hub is to start anew.</summary>
    public bool IsAsked => Volatile.Read(ref _meanwhile) is not null;

    /// <summary>Asks for it. The first one counts.</summary>
    /// <param name="meanwhile">What is done between the rounds.</param>
    public void Ask(Func<CancellationToken, Task> meanwhile)
    {
        Interlocked.CompareExchange(ref _meanwhile, meanwhile, null);
        _ending.Cancel();
    }

    /// <summary>Ends the round, and the hub with it: a part of it has failed, or it has done what it was started for. Where it ends already that is all.</summary>
    public void End() => _ending.Cancel();

    /// <summary>Does it, when everything has ended. Where it fails the hub goes on as before, and the log says so.</summary>
    public async Task WorkAsync(ILogger logger)
    {
        try
        {
            await _meanwhile!(stop).ConfigureAwait(false);
        }
        catch (Exception error) when (error is BufferException or MoveException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            logger.LogError("The hub was not moved and goes on as before: {Reason}", error.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ending.Dispose();
}
