using HomeHub.Core.Acquisition;
using HomeHub.Core.Acts;
using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;
using HomeHub.Core.Delivery;
using HomeHub.Core.Erasure;
using HomeHub.Core.Liveness;
using HomeHub.Core.SelfCheck;
using HomeHub.Core.Setup;
using HomeHub.Core.Telemetry;
using HomeHub.Gateway.Commands;
using HomeHub.Gateway.Requests;
using HomeHub.Gateway.SelfCheck;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Hub;

/// <summary>A running hub: sources into the buffer, the buffer to the relay, reports beside it, until it is stopped or drained.</summary>
internal sealed class HubRunner
{
    private static readonly TimeSpan DrainedLookInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LastWordLimit = TimeSpan.FromSeconds(2);

    private readonly HubParts _parts;
    private readonly HubMetrics _metrics;
    private readonly List<DeliveryDriver> _drivers;
    private readonly ConsentKeeper _consents;
    private readonly HubReporter _reporter;
    private readonly ILogger _logger;
    private readonly List<LoopPulse> _pulses = [];

    public HubRunner(HubParts parts, HubMetrics metrics)
    {
        _parts = parts;
        _metrics = metrics;
        _logger = parts.Loggers.CreateLogger("Hub");
        IReadOnlyList<Recipient> recipients = parts.Configuration.Recipients;
        _drivers =
        [
            .. recipients.Select(recipient => OpenDriver(recipient, AddResting($"delivery to {recipient.Slug}", DeliveryDriver.TurnLimit))),
        ];
        _consents = new ConsentKeeper(parts.Consents, parts.Buffer, recipients, parts.Time, parts.Loggers.CreateLogger<ConsentKeeper>());
        _consents.Changed += Wake;
        Readings = new ReadingDesk(parts.Buffer, parts.Audit, CreateRules, parts.Time, Wake);
        Erasure = new ErasureDesk(parts.Buffer, parts.Audit, parts.Time, Wake);
        SelfCheck = new SelfCheckKeeper(
            SelfCheckProbes.Of(parts.Folder, parts.Configuration, parts.Radio, parts.Clock, parts.Time), parts.Time, parts.Loggers.CreateLogger<SelfCheckKeeper>());
        parts.Disk.Changed += () => SelfCheck.Ask([CheckKind.Disk]);
        _reporter = new HubReporter(parts, Readings, Erasure, Wake) { SelfCheck = () => SelfCheck.Report, LookAgain = SelfCheck.Ask };
        metrics.Observe(() => _reporter.Counts, () => parts.Uplink.IsConnected, parts.Time);
        metrics.ObserveSelfCheck(() => SelfCheck.Report);
    }

    /// <summary>Where what persons say about readings is done.</summary>
    public ReadingDesk Readings { get; }

    /// <summary>Where a person's readings are erased.</summary>
    public ErasureDesk Erasure { get; }

    /// <summary>Has the hub look at itself.</summary>
    public SelfCheckKeeper SelfCheck { get; }

    /// <summary>How the pages are, for the report; null where they are off.</summary>
    public Func<PagesState>? Pages
    {
        set => _reporter.Pages = value;
    }

    /// <summary>How it stands with the board, for the report; null where there is none.</summary>
    public Func<IReadOnlyList<BoardPartState>>? Board
    {
        set => _reporter.Board = value;
    }

    /// <summary>Whether the buffer took no more a moment ago.</summary>
    public bool IsFull => _reporter.Counts.IsFull;

    /// <summary>Runs until <paramref name="stop"/> or, if asked, until everything is drained.</summary>
    /// <returns>The exit status: <see cref="ExitCodes.Failed"/> when it drained with readings rejected.</returns>
    public async Task<int> RunAsync(IReadOnlyList<IPayloadSource> sources, bool exitWhenDrained, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _consents.Look();
        Task[] feeding =
        [
            .. sources.Select(source => (Source: source, Pulse: AddResting($"ingest of {source.Name}", IngestPipeline.TurnLimit)))
                .Select(one => Task.Run(() => FeedAsync(one.Source, one.Pulse, ending.Token), ending.Token)),
        ];
        Task drained = exitWhenDrained ? WaitDrainedAsync(Task.WhenAll(feeding), ending.Token) : Task.Delay(Timeout.InfiniteTimeSpan, ending.Token);
        List<Task> running =
        [
            drained, .. feeding, .. _drivers.Select(driver => driver.RunAsync(ending.Token)), _consents.RunAsync(ending.Token), _reporter.RunAsync(ending.Token), new Housekeeper(_parts).RunAsync(ending.Token),
            new MemoryKeeper(_parts.Time).RunAsync(ending.Token), SelfCheck.RunAsync(ending.Token), new LeftoverSweeper(_parts).RunAsync(ending.Token),
            CommitSocket.RunAsync(_parts.Folder, _parts.Buffer, _parts.Time, _parts.Loggers.CreateLogger("Requests"), ending.Token),
        ];
        if (_parts.Devices is { } devices)
        {
            var tests = new TestReadings(_parts.Buffer, devices, Readings);
            running.Add(new TestReadingKeeper(tests, _parts.Clock, _parts.Time, _parts.Loggers.CreateLogger<TestReadingKeeper>()).RunAsync(ending.Token));
        }

        running.AddRange(WatchOver(ending.Token));
        _parts.Service.TellReady();
        // A source may come to its end; one that fails ends the hub, however long the others go on: a hub that does not listen must not look as if it did.
        Task ended = await Task.WhenAny(running).ConfigureAwait(false);
        while (ended.IsCompletedSuccessfully && feeding.Contains(ended))
        {
            running.Remove(ended);
            ended = await Task.WhenAny(running).ConfigureAwait(false);
        }

        // Before the loops are looked at no more: from here on it is the end that is watched over.
        _parts.Restart.End();
        await ending.CancelAsync().ConfigureAwait(false);
        _pulses.ForEach(pulse => pulse.Dispose());
        await EndAsync(running).ConfigureAwait(false);
        await SayGoodbyeAsync().ConfigureAwait(false);
        return drained.IsCompletedSuccessfully ? await SumUpAsync().ConfigureAwait(false) : ExitCodes.Done;
    }

    private DeliveryDriver OpenDriver(Recipient recipient, LoopPulse pulse)
    {
        ILogger<DeliveryDriver> logger = _parts.Loggers.CreateLogger<DeliveryDriver>();
        return new DeliveryDriver(
            recipient,
            _parts.Configuration.Delivery,
            _parts.Buffer,
            _parts.Encoder,
            _parts.Uplink,
            _parts.Consents,
            _parts.Time,
            _metrics,
            logger,
            new DiskWait(_parts.Time, logger, pulse, _parts.Disk.Tell),
            _parts.Watcher,
            pulse);
    }

    private LoopPulse Keep(LoopPulse pulse)
    {
        _pulses.Add(pulse);
        return pulse;
    }

    /// <summary>One that begins with its first turn: it may never have one, as in a hub that only shows that its history has moved.</summary>
    private LoopPulse AddResting(string name, TimeSpan limit) => Keep(_parts.Service.Liveness.AddResting(name, limit));

    /// <summary>What a hub must not be without, and has no turns of its own while nothing happens.</summary>
    private IEnumerable<Task> WatchOver(CancellationToken cancellation)
    {
        List<(string Name, TimeSpan Limit, Func<CancellationToken, Task<string?>> Probe)> probes =
            [("buffer", LoopProbe.Limit, LoopProbe.Of(_parts.Buffer)), ("uplink", LoopProbe.UplinkLimit, LoopProbe.Of(_parts.Uplink, _parts.WhyNotConnected))];
        if (_parts.Radio is not null)
        {
            probes.Add(("radio", LoopProbe.Limit, AskRadioAsync));
        }

        return [.. probes.Select(probe => new LoopProbe(Keep(_parts.Service.Liveness.Add(probe.Name, probe.Limit)), probe.Probe, _parts.Time).RunAsync(cancellation))];
    }

    /// <summary>Asks the radio, and has the hub look at its adapter anew where that found another thing: a service that hangs keeps its name on the bus, and tells no change.</summary>
    private async Task<string?> AskRadioAsync(CancellationToken cancellation)
    {
        string? excuse = await LoopProbe.Of(_parts.Radio!)(cancellation).ConfigureAwait(false);
        if (SelfCheck.Report?.Of(CheckKind.Adapter) is { } found && (found.Finding.Outcome == CheckOutcome.Good) != (excuse is null))
        {
            SelfCheck.Ask(CheckKind.Adapter);
        }

        return excuse;
    }

    /// <summary>How readings are given to recipients; each source has rules of its own, for they remember what of a stream went last.</summary>
    private DeliveryRules CreateRules() => new(new UploadPolicy(_parts.Configuration.Upload), _parts.Configuration.Recipients, () => _consents.State);

    private void Wake() => _drivers.ForEach(driver => driver.Wake());

    /// <summary>Each source has a pipeline of its own: pipelines are not for several threads, and the buffer lets them share commits.</summary>
    private async Task FeedAsync(IPayloadSource source, LoopPulse pulse, CancellationToken cancellation)
    {
        var pipeline = new IngestPipeline(
            _parts.Buffer,
            CreateRules(),
            _parts.Zone,
            _parts.Time,
            _metrics,
            _parts.Loggers.CreateLogger<IngestPipeline>(),
            _parts.Watcher,
            pulse,
            _parts.Disk.Tell);
        pipeline.Stored += Wake;
        IngestTotals totals = await pipeline.RunAsync(source, cancellation).ConfigureAwait(false);
        _logger.LogInformation(
            "The {Source} has ended: {Stored} readings stored, {Local} of them kept on the hub, {Withheld} without consent, {Duplicates} known already, "
            + "{Quarantined} payloads to quarantine, {BadLines} lines not readable",
            source.Name,
            totals.Stored,
            totals.Local,
            totals.Withheld,
            totals.Duplicates,
            totals.Quarantined,
            totals.BadLines);
        (_parts.Watcher as ReadingFeed)?.OnSourceEnded(source.Name);
    }

    private async Task WaitDrainedAsync(Task feeding, CancellationToken cancellation)
    {
        await feeding.ConfigureAwait(false);
        using var timer = new PeriodicTimer(DrainedLookInterval, _parts.Time);
        while (!_drivers.TrueForAll(driver => driver.IsDrained))
        {
            await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for all parts, for a source may still have to give what devices told; the first error that is not the ending itself is thrown then.</summary>
    private static async Task EndAsync(List<Task> running)
    {
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (running.Find(task => task.IsFaulted) is { } failed)
        {
            await failed.ConfigureAwait(false);
        }
    }

    private async Task SayGoodbyeAsync()
    {
        try
        {
            RunStateFile.Delete(_parts.Folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Whoever reads it finds that the process is gone.
            _logger.LogWarning("run-state.json can't be removed: {Reason}", error.Message);
        }

        using var limit = new CancellationTokenSource(LastWordLimit, _parts.Time);
        try
        {
            await _reporter.PublishLastAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or UplinkException or BufferException { IsOfDisk: true })
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
