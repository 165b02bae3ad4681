using HomeHub.Core.Buffering;
using Microsoft.Extensions.Logging;

namespace HomeHub.Core.Liveness;

/// <summary>
/// Has one loop of the hub wait for a disk that is full or can't be written, where it would end the hub otherwise: a hub that has ended shows nobody why, and takes nothing once there is room.
/// What the loop has in hand it keeps and tries again. Not safe for several threads.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="logger">Told of the disk, once a minute while it lasts, and when it is over.</param>
/// <param name="pulse">The loop's; says that the disk is the reason.</param>
/// <param name="changed">Told with each word to the log, so that the hub looks at its disk.</param>
public sealed class DiskWait(TimeProvider time, ILogger logger, LoopPulse? pulse = null, Action? changed = null)
{
    /// <summary>Between two tries. Each may write some blocks in vain, and a person who has made room waits for the next one.</summary>
    public static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan ReportInterval = TimeSpan.FromMinutes(1);

    private long? _reportedAt;
    private bool _isReported;

    /// <summary>Does something until the disk takes it.</summary>
    /// <param name="write">What to do; done again as a whole, so that it has to be of one piece, or idempotent.</param>
    /// <param name="cancellation">Ends the wait between two tries.</param>
    /// <exception cref="BufferException">It failed otherwise than by a disk that is full or can't be written.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> write, CancellationToken cancellation)
    {
        bool hasWaited = false;
        while (true)
        {
            try
            {
                T done = await write().ConfigureAwait(false);
                if (hasWaited)
                {
                    pulse?.Beat();
                    NoteTaken();
                }

                return done;
            }
            catch (BufferException error) when (error.IsOfDisk)
            {
                hasWaited = true;
                NoteRefused(error);
            }

            await Task.Delay(RetryDelay, time, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc cref="RunAsync{T}(Func{Task{T}}, CancellationToken)"/>
    public Task RunAsync(Func<Task> write, CancellationToken cancellation) => RunAsync(
        async () =>
        {
            await write().ConfigureAwait(false);
            return true;
        },
        cancellation);

    /// <summary>The disk has refused. For a loop that has its next turn anyway, and does it again then.</summary>
    public void NoteRefused(BufferException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        pulse?.Excuse(error.Fault == BufferFault.DiskFull ? "The disk has no room left." : "The disk can't be written.");
        if (_reportedAt is { } last && time.GetElapsedTime(last) < ReportInterval)
        {
            return;
        }

        (_reportedAt, _isReported) = (time.GetTimestamp(), true);
        logger.LogError("The disk takes nothing; what is to be written is kept in memory and tried again: {Reason}", error.Message);
        changed?.Invoke();
    }

    /// <summary>The disk has taken something. Cheap where it always has.</summary>
    public void NoteTaken()
    {
        if (_isReported)
        {
            _isReported = false;
            logger.LogInformation("The disk takes what is to be written again");
            changed?.Invoke();
        }
    }
}
