using HomeHub.Core.Buffering;
using HomeHub.Core.Delivery;
using HomeHub.Core.Peripherals;

namespace HomeHub.Core.Liveness;

/// <summary>
/// Asks a part of the hub again and again for a turn of its loop, and has its pulse beat with each: for loops that are threads of a native library or a disk and have no turn of
/// their own while nothing happens.
/// </summary>
/// <param name="pulse">The pulse.</param>
/// <param name="probe">Completes when the loop has taken a turn; what it returns is why it can't do its work, null where it can.</param>
/// <param name="time">The clock.</param>
public sealed class LoopProbe(LoopPulse pulse, Func<CancellationToken, Task<string?>> probe, TimeProvider time)
{
    /// <summary>Between an answer and the next question.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>Longest time without an answer of any of them: what a worn memory card or a busy daemon may take, and somebody who waits for a reading would not.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>The same for the uplink: a look-up of the broker's name may take minutes where the link is down.</summary>
    public static readonly TimeSpan UplinkLimit = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The buffer's writer. One whose buffer is damaged says so, and lives. The question writes nothing, so that a disk that is full or can't be written is not found by it: that is said by the
    /// loops that have something to write (<see cref="DiskWait"/>).
    /// </summary>
    public static Func<CancellationToken, Task<string?>> Of(IReadingBuffer buffer) => async cancellation =>
    {
        try
        {
            await buffer.ProbeAsync(cancellation).ConfigureAwait(false);
            return null;
        }
        catch (BufferException error)
        {
            return error.Message;
        }
    };

    /// <summary>The radio's loop. A radio that is not ready says why.</summary>
    public static Func<CancellationToken, Task<string?>> Of(ICentral central) => async cancellation =>
    {
        try
        {
            await central.ProbeAsync(cancellation).ConfigureAwait(false);
            return null;
        }
        catch (PeripheralException error)
        {
            return error.Message;
        }
    };

    /// <summary>The uplink's loop, which has to answer connected or not. One that is not connected says why.</summary>
    /// <param name="uplink">The uplink.</param>
    /// <param name="whyNotConnected">Why there is no connection, in words without secrets; null where nothing is known yet.</param>
    public static Func<CancellationToken, Task<string?>> Of(IUplink uplink, Func<string?> whyNotConnected) => async cancellation =>
    {
        await uplink.ProbeAsync(cancellation).ConfigureAwait(false);
        return uplink.IsConnected ? null : whyNotConnected() ?? "The broker is being looked for.";
    };

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            string? excuse = await probe(cancellation).ConfigureAwait(false);
            if (excuse is null)
            {
                pulse.Beat();
            }
            else
            {
                pulse.Excuse(excuse);
            }

            await Task.Delay(Interval, time, cancellation).ConfigureAwait(false);
        }
    }
}
