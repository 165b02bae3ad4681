using HomeHub.Core.Buffering;
using HomeHub.Core.Liveness;
using Microsoft.Extensions.Logging;

namespace HomeHub.Core.Consent;

/// <summary>
/// Sees to it that what is in the buffer goes by what people decided: looks every second, and goes through the buffer when something was decided, here or by a
/// command.
/// </summary>
public sealed class ConsentKeeper(
    IConsentBook book, IReadingBuffer buffer, IReadOnlyList<Recipient> recipients, TimeProvider time, ILogger<ConsentKeeper> logger)
{
    /// <summary>How often it is looked whether something was decided.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly ConsentLook _look = new(book, logger);
    private readonly DiskWait _disk = new(time, logger);
    private volatile ConsentState _state = ConsentState.Unknown;

    /// <summary>Raised when something was decided, before and after the buffer was gone through.</summary>
    public event Action? Changed;

    /// <summary>What held at the last look.</summary>
    public ConsentState State => _state;

    /// <summary>Looks for the first time, so that what is taken from now on goes by what holds.</summary>
    public void Look() => _state = _look.Now();

    /// <summary>Runs until cancelled.</summary>
    /// <exception cref="BufferException">The buffer is damaged or failed. Where the disk is full or can't be written it is gone through at a later look.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        long reviewed = ConsentState.Unknown.Version;
        using var timer = new PeriodicTimer(LookInterval, time);
        do
        {
            Look();
            ConsentState state = _state;
            if (state.IsUnknown || state.Version == reviewed)
            {
                // What is taken while nobody can tell is withheld: once somebody can, it is gone through though nothing new was decided.
                reviewed = state.Version;
                continue;
            }

            Changed?.Invoke();
            try
            {
                await ReviewAsync(state, cancellation).ConfigureAwait(false);
            }
            catch (BufferException error) when (error.IsOfDisk)
            {
                // What is decided meanwhile is looked at all the same: what is taken goes by it, and the driver sends nothing that may not go.
                _disk.NoteRefused(error);
                continue;
            }

            _disk.NoteTaken();
            reviewed = state.Version;
            Changed?.Invoke();
        }
        while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false));
    }

    private async Task ReviewAsync(ConsentState state, CancellationToken cancellation)
    {
        foreach (Recipient recipient in recipients)
        {
            int readings = await buffer.ReviewAsync(recipient, reading => state.Permits(reading, recipient), cancellation).ConfigureAwait(false);
            logger.Log(
                readings > 0 ? LogLevel.Information : LogLevel.Debug, "{Count} readings are withheld from {Recipient} or set free, as was decided", readings, recipient.Slug);
        }
    }
}
