using HomeHub.Core.Buffering;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Hub;

/// <summary>
/// Removes local history that is older than configured: at the start, and daily. While the hub's clock is not known nothing is old: it may be years ahead.
/// </summary>
internal sealed class Housekeeper(HubParts parts)
{
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1), ClockLookInterval = TimeSpan.FromMinutes(1), RetryInterval = TimeSpan.FromMinutes(10);

    private readonly ILogger _logger = parts.Loggers.CreateLogger("Housekeeping");

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!parts.Clock.IsTimeKnown)
        {
            await Task.Delay(ClockLookInterval, parts.Time, cancellation).ConfigureAwait(false);
        }

        using var timer = new PeriodicTimer(Interval, parts.Time);
        do
        {
            while (!await TryPruneAsync(cancellation).ConfigureAwait(false))
            {
                await Task.Delay(RetryInterval, parts.Time, cancellation).ConfigureAwait(false);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false));
    }

    /// <summary>Removing takes some room too, and may find it once somebody has made some.</summary>
    private async Task<bool> TryPruneAsync(CancellationToken cancellation)
    {
        try
        {
            int removed = await parts.Buffer.PruneAsync(parts.Time.GetUtcNow().AddDays(-parts.Configuration.BufferHistoryDays), cancellation).ConfigureAwait(false);
            if (removed > 0)
            {
                _logger.LogInformation("{Count} readings older than {Days} days left the local history", removed, parts.Configuration.BufferHistoryDays);
            }

            return true;
        }
        catch (BufferException error) when (error.IsOfDisk)
        {
            _logger.LogWarning("Old readings can't be removed from the local history, which is tried again: {Reason}", error.Message);
            return false;
        }
    }
}
