using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Delivery;
using HomeHub.Core.Telemetry;
using HomeHub.Gateway.Commands;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Hub;

/// <summary>A running hub: sources into the buffer, the buffer to the relay, reports beside it, until it is stopped or drained.</summary>
internal sealed class HubRunner
{
    private static readonly TimeSpan DrainedLookInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LastWordLimit = TimeSpan.FromSeconds(2);

    private readonly HubParts _parts;
    private readonly HubMetrics _metrics;
    private readonly DeliveryDriver _driver;
    private readonly HubReporter _reporter;
    private readonly ILogger _logger;

    public HubRunner(HubParts parts, HubMetrics metrics)
    {
        _parts = parts;
        _metrics = metrics;
        _logger = parts.Loggers.CreateLogger("Hub");
        _driver = new DeliveryDriver(
            Recipient.CareTeam,
            parts.Configuration.Delivery,
            parts.Buffer,
            parts.Encoder,
            parts.Uplink,
            parts.Time,
            metrics,
            parts.Loggers.CreateLogger<DeliveryDriver>(),
            parts.Watcher);
        _reporter = new HubReporter(parts, _driver.Wake);
        metrics.Observe(() => _reporter.Counts, () => parts.Uplink.IsConnected, parts.Time);
    }

    /// <summary>Runs until <paramref name="stop"/> or, if asked, until everything is drained.</summary>
    /// <returns>The exit status: <see cref="ExitCodes.Failed"/> when it drained with readings rejected.</returns>
    public async Task<int> RunAsync(IReadOnlyList<IPayloadSource> sources, bool exitWhenDrained, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task feeding = FeedAsync(sources, ending.Token);
        Task drained = exitWhenDrained ? WaitDrainedAsync(feeding, ending.Token) : Task.Delay(Timeout.InfiniteTimeSpan, ending.Token);
        List<Task> running =
        [
            drained, feeding, _driver.RunAsync(ending.Token), _reporter.RunAsync(ending.Token), new Housekeeper(_parts).RunAsync(ending.Token),
            new MemoryKeeper(_parts.Time).RunAsync(ending.Token),
        ];
        Task ended = await Task.WhenAny(running).ConfigureAwait(false);
        while (ended == feeding && feeding.IsCompletedSuccessfully)
        {
            running.Remove(feeding);
            ended = await Task.WhenAny(running).ConfigureAwait(false);
        }

        await ending.CancelAsync().ConfigureAwait(false);
        await EndAsync(running).ConfigureAwait(false);
        await SayGoodbyeAsync().ConfigureAwait(false);
        return drained.IsCompletedSuccessfully ? await SumUpAsync().ConfigureAwait(false) : ExitCodes.Done;
    }

    private Task FeedAsync(IReadOnlyList<IPayloadSource> sources, CancellationToken cancellation) =>
        Task.WhenAll(sources.Select(source => Task.Run(() => FeedAsync(source, cancellation), cancellation)));

    /// <summary>Each source has a pipeline of its own: pipelines are not for several threads, and the buffer lets them share commits.</summary>
    private async Task FeedAsync(IPayloadSource source, CancellationToken cancellation)
    {
        var pipeline = new IngestPipeline(
            _parts.Buffer,
            new UploadPolicy(_parts.Configuration.Upload),
            _parts.Zone,
            _parts.Time,
            _metrics,
            _parts.Loggers.CreateLogger<IngestPipeline>(),
            _parts.Watcher);
        pipeline.Stored += _driver.Wake;
        IngestTotals totals = await pipeline.RunAsync(source, cancellation).ConfigureAwait(false);
        _logger.LogInformation(
            "The {Source} has ended: {Stored} readings stored, {Local} of them kept on the hub, {Duplicates} known already, "
            + "{Quarantined} payloads to quarantine, {BadLines} lines not readable",
            source.Name,
            totals.Stored,
            totals.Local,
            totals.Duplicates,
            totals.Quarantined,
            totals.BadLines);
        (_parts.Watcher as ReadingFeed)?.OnSourceEnded(source.Name);
    }

    private async Task WaitDrainedAsync(Task feeding, CancellationToken cancellation)
    {
        await feeding.ConfigureAwait(false);
        using var timer = new PeriodicTimer(DrainedLookInterval, _parts.Time);
        while (!_driver.IsDrained)
        {
            await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for all parts; the first error that is not the ending itself is thrown.</summary>
    private static async Task EndAsync(IEnumerable<Task> running)
    {
        foreach (Task task in running)
        {
            try
            {
                await task.ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // That is how parts end.
            }
        }
    }

    private async Task SayGoodbyeAsync()
    {
        RunStateFile.Delete(_parts.Folder);
        using var limit = new CancellationTokenSource(LastWordLimit, _parts.Time);
        try
        {
            await _reporter.PublishLastAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or UplinkException)
        {
            _logger.LogWarning("The last status did not reach the broker");
        }
    }

    private async Task<int> SumUpAsync()
    {
        BufferCounts counts = await _parts.Buffer.CountAsync(CancellationToken.None).ConfigureAwait(false);
        _logger.LogInformation(
            "Drained: {Receipted} readings receipted, {Local} kept on the hub, {Rejected} rejected, {Quarantined} payloads in quarantine",
            counts.Receipted,
            counts.Local,
            counts.Rejected,
            counts.Quarantined);
        if (counts.Rejected == 0)
        {
            return ExitCodes.Done;
        }

        _logger.LogError("{Rejected} readings were rejected: homehub status shows why", counts.Rejected);
        return ExitCodes.Failed;
    }
}
