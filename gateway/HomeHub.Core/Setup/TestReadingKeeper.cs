using HomeHub.Core.Buffering;
using HomeHub.Core.Time;
using Microsoft.Extensions.Logging;

namespace HomeHub.Core.Setup;

/// <summary>Throws test readings away about which nobody has decided in <see cref="TestReadings.DecideTime"/>. While the hub's clock is not known none is old: it may be years ahead.</summary>
/// <param name="tests">The tests.</param>
/// <param name="clock">Whether the clock is known.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told how many.</param>
public sealed class TestReadingKeeper(TestReadings tests, IHubClock clock, TimeProvider time, ILogger<TestReadingKeeper> logger)
{
    /// <summary>How often it is looked.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromMinutes(5);

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(LookInterval, time);
        do
        {
            try
            {
                await LookAsync(cancellation).ConfigureAwait(false);
            }
            catch (BufferException error)
            {
                logger.LogWarning("Test readings can't be looked through: {Error}", error.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false));
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        if (!clock.IsTimeKnown)
        {
            return;
        }

        DateTimeOffset now = time.GetLocalNow();
        int discarded = await tests.DiscardAsync(now, now - TestReadings.DecideTime, TestReadings.HubWho, cancellation).ConfigureAwait(false);
        if (discarded > 0)
        {
            logger.LogInformation("{Count} test readings were thrown away, as nobody said whose they are", discarded);
        }
    }
}
