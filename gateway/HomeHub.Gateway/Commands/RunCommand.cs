using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Network;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Telemetry;
using HomeHub.Core.Time;
using HomeHub.Gateway.Capture;
using HomeHub.Gateway.Commands.Devices;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;
using HomeHub.Gateway.Logging;
using HomeHub.Gateway.Moving;
using HomeHub.Gateway.Service;
using HomeHub.Gateway.Telemetry;
using HomeHub.Simulation;
using HomeHub.Simulation.Household;
using HomeHub.Sqlite;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Commands;

/// <summary><c>homehub run</c>: the hub itself.</summary>
internal static class RunCommand
{
    public static Command Create(CommandIo io)
    {
        Option<string?> data = HubOptions.Data(), config = HubOptions.Config();
        var broker = new Option<string?>("--broker") { Description = "mqtt://host:port or mqtts://host:port (key broker.url).", HelpName = "URL" };
        var bluetooth = new Option<bool>("--bluetooth")
        {
            Description = "Takes readings from the devices that homehub devices pair has set up (key bluetooth.enabled).",
        };
        Option<string?> adapter = DeviceOptions.Adapter(), timeZone = HubOptions.TimeZone();
        var pages = new Option<string?>("--pages")
        {
            Description = "Serves the pages for nurse and patient on the home network, over TLS only (key pages.url).", HelpName = "https://ADDRESS:PORT",
        };
        var replay = new Option<string?>("--replay")
        {
            Description = "Feeds a capture file (NDJSON) through the hub as if the devices sent it, without waiting.", HelpName = "FILE",
        };
        var simulate = new Option<string?>("--simulate")
        {
            Description = "Simulates a household: a file (docs/simulation.md), or demo for the one that is built in.", HelpName = "HOUSEHOLD",
        };
        var exitWhenDrained = new Option<bool>("--exit-when-drained")
        {
            Description = "Ends when the sources have ended and every reading is receipted; exit status 1 if any was rejected.",
        };
        var showReadings = new Option<bool>("--show-readings") { Hidden = true };
        var command = new ExampledCommand(
            "run",
            "Runs the hub: takes readings, keeps them safe, delivers them. Can be killed at any moment and started again.",
            "homehub run --data ./data --broker mqtt://127.0.0.1:1883 --bluetooth --time-zone Europe/Madrid",
            "homehub run --data ./data --broker mqtt://127.0.0.1:1883 --bluetooth --time-zone Europe/Madrid --pages https://0.0.0.0:8443",
            "homehub run --data ./data --broker mqtt://127.0.0.1:1883 --replay capture.ndjson --exit-when-drained",
            "homehub run --data ./data --broker mqtt://127.0.0.1:1883 --simulate demo",
            "homehub run --config /etc/homehub/homehub.json")
        {
            data, broker, bluetooth, adapter, timeZone, pages, replay, simulate, exitWhenDrained, config, showReadings,
        };
        command.SetAction((parsed, cancellation) =>
        {
            HubConfiguration configuration = HubOptions.Read(parsed.GetValue(config));
            configuration = Choose(configuration, parsed.GetValue(data), parsed.GetValue(broker), parsed.GetValue(bluetooth), parsed.GetValue(adapter), parsed.GetValue(timeZone), parsed.GetValue(pages));
            if (configuration.Bluetooth.IsEnabled && parsed.GetValue(exitWhenDrained))
            {
                throw new UsageException("--exit-when-drained and --bluetooth don't go together: devices never come to an end.");
            }

            var feed = parsed.GetValue(showReadings) ? new ReadingFeed(io.Out) : null;
            return RunAsync(io, configuration, feed, parsed.GetValue(replay), parsed.GetValue(simulate), parsed.GetValue(exitWhenDrained), cancellation);
        });
        return command;
    }

    /// <summary>The configuration with what the command line says instead; what it doesn't name stays.</summary>
    internal static HubConfiguration Choose(
        HubConfiguration configuration, string? data, string? broker, bool bluetooth, string? adapter, string? timeZone = null, string? pages = null) => configuration with
    {
        TimeZone = timeZone is null ? configuration.TimeZone : HubOptions.FindTimeZone(timeZone) ?? throw new UsageException($"--time-zone must be {HubOptions.TimeZoneForm}."),
        Data = HubOptions.RequireData(data, configuration),
        Broker = configuration.Broker with { Url = broker ?? configuration.Broker.Url },
        Pages = pages is null || PagesConfiguration.ReadUrl(pages) is not null
            ? configuration.Pages with { Url = pages ?? configuration.Pages.Url }
            : throw new UsageException($"--pages must be {PagesConfiguration.UrlForm}."),
        Bluetooth = configuration.Bluetooth with
        {
            IsEnabled = bluetooth || configuration.Bluetooth.IsEnabled,
            Adapter = DeviceOptions.ChooseAdapter(adapter, configuration),
        },
    };

    /// <summary>Round after round: a hub that is asked for it starts anew within the process.</summary>
    private static async Task<int> RunAsync(
        CommandIo io,
        HubConfiguration configuration,
        ReadingFeed? feed,
        string? replay,
        string? simulate,
        bool exitWhenDrained,
        CancellationToken cancellation)
    {
        NativeHeap.ShareArena();
        using var loggers = new LineLoggerFactory(io.Error, configuration.LogLevel, configuration.LogJson, io.Time);
        ILogger logger = loggers.CreateLogger("Hub");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using PosixSignalRegistration terminated = StopOn(PosixSignal.SIGTERM, stop, logger), interrupted = StopOn(PosixSignal.SIGINT, stop, logger);
        using var manager = ServiceManager.Find(Environment.GetEnvironmentVariable);
        var service = new HubService(manager, io.Time, logger);
        using var ending = new CancellationTokenSource();
        Task watching = service.RunAsync(ending.Token);
        try
        {
            return await RunRoundsAsync(io, configuration, feed, replay, simulate, exitWhenDrained, service, logger, stop.Token).ConfigureAwait(false);
        }
        finally
        {
            service.TellStopping();
            await ending.CancelAsync().ConfigureAwait(false);
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<int> RunRoundsAsync(
        CommandIo io,
        HubConfiguration configuration,
        ReadingFeed? feed,
        string? replay,
        string? simulate,
        bool exitWhenDrained,
        HubService service,
        ILogger logger,
        CancellationToken stop)
    {
        while (true)
        {
            using var restart = new HubRestart(stop);
            // Also in a later round, before which nobody has to be told: a manager looks at the watchdog then.
            using IDisposable opening = service.BeginOpening();
            int exit;
            var end = new RoundEnd(restart, service);
            await using (end.ConfigureAwait(false))
            {
                exit = await RunRoundAsync(io, configuration, feed, replay, simulate, exitWhenDrained, service, restart).ConfigureAwait(false);
            }

            if (!restart.IsAsked || stop.IsCancellationRequested)
            {
                return exit;
            }

            using (service.Liveness.Add("history", HubRestart.WorkLimit))
            {
                await restart.WorkAsync(logger).ConfigureAwait(false);
            }

            logger.LogInformation("The hub starts anew");
        }
    }

    private static async Task<int> RunRoundAsync(
        CommandIo io, HubConfiguration configuration, ReadingFeed? feed, string? replay, string? simulate, bool exitWhenDrained, HubService service, HubRestart restart)
    {
        var home = new HomeZone(configuration.TimeZone);
        var time = new HomeTime(io.Time, home);
        using var loggers = new LineLoggerFactory(io.Error, configuration.LogLevel, configuration.LogJson, time);
        ILogger logger = loggers.CreateLogger("Hub");
        Adapters.CheckBroker(configuration.Broker);
        await HistoryMoves.SettleAsync(configuration.Data!, time, restart.Ending).ConfigureAwait(false);
        bool isMoved = HistoryMoves.ReadMoved(configuration.Data!) is not null;
        if (isMoved && configuration.Pages.Url is null)
        {
            HubOptions.RequireLiving(configuration.Data!);
        }

        List<IPayloadSource> sources = isMoved ? [] : HubSources.Open(replay, simulate, configuration.Bluetooth.IsEnabled, time, logger);
        HubParts parts = (await Adapters.OpenAsync(configuration, loggers, time, restart.Ending, feed).ConfigureAwait(false)) with { RecentLog = loggers.Recent, Home = home, Restart = restart, Service = service };
        await using (parts.Buffer.ConfigureAwait(false))
        await using (parts.Consents.ConfigureAwait(false))
        await using (parts.Audit.ConfigureAwait(false))
        await using (parts.Uplink.ConfigureAwait(false))
        {
            await SavedZone.TakeAsync(home, parts.Folder, logger, restart.Ending).ConfigureAwait(false);
            logger.LogInformation("HomeHub {Version}, hub {Hub}, data in {Folder}", Adapters.SoftwareVersion, parts.Buffer.Hub.Id, parts.Folder);
            using var metrics = new HubMetrics();
            if (isMoved)
            {
                return await ShowMovedAsync(parts, metrics, logger, restart.Ending).ConfigureAwait(false);
            }

            using IDisposable? telemetry = configuration.TelemetryEndpoint is { } endpoint
                ? OtlpTelemetry.Start(endpoint, Adapters.SoftwareVersion, parts.Buffer.Hub.Id)
                : null;
            // A hub that ends when all is sent waits for nothing that never ends.
            if (!exitWhenDrained && RoomParts.Open(parts, metrics) is { } room)
            {
                sources.Add(room.Source);
                parts = parts with { Room = room.Now };
            }

            if (!configuration.Bluetooth.IsEnabled)
            {
                return await RunAsync(parts, metrics, sources, exitWhenDrained, restart.Ending).ConfigureAwait(false);
            }

            BluetoothParts radio = await BluetoothParts.OpenAsync(parts, metrics, restart.Ending).ConfigureAwait(false);
            await using (radio.ConfigureAwait(false))
            {
                return await RunAsync(
                    parts with { Radio = radio.Central, Holding = radio.Holding, Devices = radio.Devices }, metrics, [.. sources, radio.Source], false, restart.Ending).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A hub whose history has moved: nothing runs but its pages, which say so.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> ShowMovedAsync(HubParts parts, HubMetrics metrics, ILogger logger, CancellationToken stop)
    {
        logger.LogWarning("The history of this hub moved to another one: it takes and sends nothing");
        var runner = new HubRunner(parts, metrics);
        HubPages pages = await HubPages.OpenAsync(parts, runner.Readings, runner.Erasure, () => runner.SelfCheck.Report, stop).ConfigureAwait(false);
        await using (pages.ConfigureAwait(false))
        {
            parts.Service.TellReady();
            await Task.Delay(Timeout.InfiniteTimeSpan, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return ExitCodes.Done;
    }

    private static Task<int> RunAsync(HubParts parts, HubMetrics metrics, IReadOnlyList<IPayloadSource> sources, bool exitWhenDrained, CancellationToken stop) =>
        parts.Configuration.Pages.Url is null
            ? RunWithBoardAsync(parts, new HubRunner(parts, metrics), null, sources, exitWhenDrained, stop)
            : RunWithPagesAsync(parts, metrics, sources, exitWhenDrained, stop);

    /// <summary>A method of its own, so that a hub without pages does not even load what serves them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> RunWithPagesAsync(
        HubParts parts, HubMetrics metrics, IReadOnlyList<IPayloadSource> sources, bool exitWhenDrained, CancellationToken stop)
    {
        var runner = new HubRunner(parts, metrics);
        HubPages pages;
        try
        {
            pages = await HubPages.OpenAsync(parts, runner.Readings, runner.Erasure, () => runner.SelfCheck.Report, stop).ConfigureAwait(false);
        }
        catch (CommandFailedException error)
        {
            // Readings matter more than pages: a port that is taken must not keep a home's readings from the care team.
            parts.Loggers.CreateLogger("Hub").LogError("{Reason} The hub runs without them.", error.Message);
            return await RunWithBoardAsync(parts, runner, null, sources, exitWhenDrained, stop).ConfigureAwait(false);
        }

        await using (pages.ConfigureAwait(false))
        {
            runner.Pages = pages.ReadState;
            return await RunWithBoardAsync(parts, runner, pages.Reset, sources, exitWhenDrained, stop).ConfigureAwait(false);
        }
    }

    private static Task<int> RunWithBoardAsync(
        HubParts parts, HubRunner runner, NetworkReset? reset, IReadOnlyList<IPayloadSource> sources, bool exitWhenDrained, CancellationToken stop) =>
        BoardSight.IsWorthLooking(parts.Configuration.Board)
            ? RunWithFoundBoardAsync(parts, runner, reset, sources, exitWhenDrained, stop)
            : runner.RunAsync(sources, exitWhenDrained, stop);

    /// <summary>A method of its own, so that a hub on a machine without light, buzzer and button does not even load what looks for them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> RunWithFoundBoardAsync(
        HubParts parts, HubRunner runner, NetworkReset? reset, IReadOnlyList<IPayloadSource> sources, bool exitWhenDrained, CancellationToken stop)
    {
        BoardParts board = BoardParts.Open(parts, runner, reset);
        await using (board.ConfigureAwait(false))
        {
            runner.Board = board.ReadState;
            return await runner.RunAsync(sources, exitWhenDrained, stop).ConfigureAwait(false);
        }
    }

    private static PosixSignalRegistration StopOn(PosixSignal signal, CancellationTokenSource stop, ILogger logger) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            // A second signal ends the process at once: nothing is lost by that.
            if (stop.IsCancellationRequested)
            {
                return;
            }

            context.Cancel = true;
            logger.LogInformation("Asked to end: {Signal}", signal);
            stop.Cancel();
        });
}
