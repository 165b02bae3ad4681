using System.Runtime.CompilerServices;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Board;
using HomeHub.Core.Peripherals;
using HomeHub.Core.SelfCheck;
using HomeHub.Core.Telemetry;
using HomeHub.Profiles;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;
using HomeHub.Gateway.Logging;
using HomeHub.Gateway.Moving;
using HomeHub.Gateway.Service;
using HomeHub.Gateway.Tests.Commands.Devices;
using HomeHub.Testing;
using HomeHub.Testing.Audit;
using HomeHub.Testing.Buffering;
using HomeHub.Testing.Consent;
using HomeHub.Testing.Delivery;
using HomeHub.Testing.Peripherals;
using HomeHub.Testing.Programs;
using HomeHub.Testing.Time;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Tests.Hub;

public sealed class HubRunnerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-runner-").FullName;
    private readonly ManualTime _time = new(SampleReadings.Start);
    private readonly UplinkDouble _uplink = new();
    private readonly HubMetrics _metrics = new();
    private readonly StringWriter _log = new();
    private readonly LineLoggerFactory _loggers;
    private readonly HubParts _parts;

    public HubRunnerTests()
    {
        _loggers = new LineLoggerFactory(_log, LogLevel.Information, asJson: false, _time);
        _parts = new HubParts(
            _folder, new HubConfiguration(), new InMemoryReadingBuffer(), new EncoderDouble(), _uplink, SampleConsents.Book(), new InMemoryAuditLog(), () => null, _loggers, _time, new ClockDouble())
        {
            Service = HubService.Unwatched(_time),
        };
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _loggers.Dispose();
        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_source_that_fails_ends_the_hub_however_long_another_goes_on()
    {
        using var stop = new CancellationTokenSource(Eventually.Deadline);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => new HubRunner(_parts, _metrics).RunAsync([new Endless(), new Failing()], exitWhenDrained: false, stop.Token));
        Assert.Equal("it broke", error.Message);
        Assert.False(stop.IsCancellationRequested);
    }

    [Fact]
    public async Task What_a_source_still_has_when_the_hub_ends_is_stored_though_another_ends_at_once()
    {
        using var stop = new CancellationTokenSource();
        var last = new Farewell();
        Task<int> running = new HubRunner(_parts, _metrics).RunAsync([new Endless(), last], exitWhenDrained: false, stop.Token);
        await last.Begun.Task.WaitAsync(Eventually.Deadline);
        await stop.CancelAsync();
        await last.Asked.Task.WaitAsync(Eventually.Deadline);
        Assert.NotSame(running, await Task.WhenAny(running, Task.Delay(TimeSpan.FromMilliseconds(500))));
        last.Given.SetResult();
        await running.WaitAsync(Eventually.Deadline);
        Assert.Equal(1, (await _parts.Buffer.CountAsync(default)).Taken);
    }

    [Fact]
    public async Task The_light_says_what_the_hub_found_of_itself_but_not_what_passes_by_itself()
    {
        // A radio that is away, a clock that is not known: told elsewhere, as they are now.
        await using var central = new CentralDouble { State = new CentralState(CentralCondition.NoAdapter, "There is none.") };
        HubParts parts = _parts with { Radio = central, Clock = new ClockDouble { IsTimeKnown = false } };
        var runner = new HubRunner(parts, _metrics);
        await runner.SelfCheck.LookAsync(default);
        Assert.Equal(CheckOutcome.Bad, runner.SelfCheck.Report!.Worst);
        Assert.DoesNotContain(runner.SelfCheck.Report.Results, result => result is { IsNews: true, Finding.Kind: CheckKind.Adapter or CheckKind.Clock });
        await File.WriteAllBytesAsync(Path.Combine(_folder, "buffer.db"), Enumerable.Repeat((byte)0x55, 8192).ToArray());
        await runner.SelfCheck.LookAsync(default);
        Assert.Equal([AttentionReason.SelfCheck], BoardParts.ReadInputs(parts, runner).Found);
    }

    [Fact]
    public async Task An_adapter_that_is_back_is_told_to_the_broker_within_seconds()
    {
        await using var central = new CentralDouble { State = new CentralState(CentralCondition.NoAdapter, "There is none.") };
        using var stop = new CancellationTokenSource();
        Task<int> running = new HubRunner(_parts with { Radio = central }, _metrics).RunAsync([new Endless()], exitWhenDrained: false, stop.Token);
        await ToldAsync("bad:adapter-missing", SelfCheckKeeper.AfterStart + TimeSpan.FromMinutes(1));
        central.Tell(new CentralState(CentralCondition.Ready, ""));
        await ToldAsync("good", TimeSpan.FromSeconds(10));
        await stop.CancelAsync();
        await running.WaitAsync(Eventually.Deadline);
    }

    /// <summary>A service that hangs keeps its name on the bus: nothing tells of a change, and the radio says that it is ready.</summary>
    [Fact]
    public async Task A_radio_that_is_ready_and_does_not_answer_is_told_everywhere_until_it_does()
    {
        await using var central = new CentralDouble();
        using var stop = new CancellationTokenSource();
        HubParts parts = _parts with { Radio = central };
        var runner = new HubRunner(parts, _metrics);
        var overview = new OverviewReader(parts, new InMemoryDeviceRegistry(), () => runner.SelfCheck.Report);
        Task<int> running = runner.RunAsync([new Endless()], exitWhenDrained: false, stop.Token);
        await ToldAsync("good", SelfCheckKeeper.AfterStart + TimeSpan.FromMinutes(1));
        central.Probe = _ => Task.FromException(new PeripheralException(PeripheralFault.TimedOut, "there was no answer in time"));
        await ToldAsync("bad:adapter-not-answering", TimeSpan.FromSeconds(30));
        Assert.True(central.State.IsReady);
        Assert.True(BoardParts.ReadInputs(parts, runner).IsRadioAway);
        Assert.Equal(CentralCondition.NotAnswering, (await overview.ReadAsync(default)).Radio);
        await WrittenAsync("not-answering", "The Bluetooth service does not answer.");
        Assert.Contains("Self-check of adapter: bad:adapter-not-answering", _log.ToString(), StringComparison.Ordinal);

        central.Probe = _ => Task.CompletedTask;
        await ToldAsync("good", TimeSpan.FromSeconds(30));
        Assert.False(BoardParts.ReadInputs(parts, runner).IsRadioAway);
        Assert.Equal(CentralCondition.Ready, (await overview.ReadAsync(default)).Radio);
        await WrittenAsync("ready", null);
        await stop.CancelAsync();
        await running.WaitAsync(Eventually.Deadline);

        Task WrittenAsync(string radio, string? error) => Eventually.HoldsAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(250));
                return RunStateFile.Read(_folder) is { } state && (state.Radio, state.RadioError) == (radio, error);
            },
            $"{radio} is written");
    }

    [Fact]
    public void One_that_is_made_and_never_run_stalls_nothing()
    {
        _ = new HubRunner(_parts, _metrics);
        Assert.NotEmpty(_parts.Service.Liveness.Look());
        _time.Advance(TimeSpan.FromDays(1));
        Assert.DoesNotContain(_parts.Service.Liveness.Look(), loop => loop.HasStalled);
    }

    [Fact]
    public async Task Each_source_is_watched_over_on_its_way_to_the_disk_until_the_hub_ends()
    {
        using var stop = new CancellationTokenSource();
        Task<int> running = new HubRunner(_parts, _metrics).RunAsync([new Endless(), new Endless()], exitWhenDrained: false, stop.Token);
        await Eventually.HoldsAsync(() => _parts.Service.Liveness.Look().Count(loop => loop.Name == "ingest of endless") == 2, "both are looked at");
        _time.Advance(IngestPipeline.TurnLimit + TimeSpan.FromSeconds(1));
        Assert.DoesNotContain(_parts.Service.Liveness.Look(), loop => loop is { HasStalled: true, Name: "ingest of endless" });
        await stop.CancelAsync();
        await running.WaitAsync(Eventually.Deadline);
        Assert.Empty(_parts.Service.Liveness.Look());
    }

    [Fact]
    public async Task A_part_that_does_not_end_after_another_has_failed_stalls_the_end_and_the_manager_knows_of_it_from_its_beginning()
    {
        using var listener = new ServiceManagerDouble();
        using var manager = ServiceManager.Find(name => name switch { "NOTIFY_SOCKET" => listener.Address, "WATCHDOG_USEC" => "30000000", _ => null });
        var service = new HubService(manager, _time, _loggers.CreateLogger("Hub"));
        using var stop = new CancellationTokenSource();
        using var restart = new HubRestart(CancellationToken.None);
        var last = new Farewell();
        Task watching = service.RunAsync(stop.Token);
        var end = new RoundEnd(restart, service);
        Task<int> running = new HubRunner(_parts with { Service = service, Restart = restart }, _metrics).RunAsync([last, new Failing()], exitWhenDrained: false, restart.Ending);
        await Eventually.HoldsAsync(() => listener.Told.Contains("STOPPING=1"), "the manager is told at once");
        await last.Asked.Task.WaitAsync(Eventually.Deadline);
        await Eventually.HoldsAsync(() => service.Liveness.Look().Select(loop => loop.Name).SequenceEqual(["ending"]), "only the end is looked at");
        Assert.False(service.Liveness.Look()[0].HasStalled);
        DateTimeOffset began = _time.GetUtcNow();
        await Eventually.HoldsAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(10));
                return listener.Told.Contains("STATUS=Stalled: ending");
            },
            "that it hangs is told");
        Assert.True(_time.GetUtcNow() > began + HubRestart.EndLimit);
        Assert.DoesNotContain("WATCHDOG=1", listener.Told.SkipWhile(word => word != "STATUS=Stalled: ending"));
        Assert.False(running.IsCompleted);

        last.Given.SetResult();
        Assert.Equal("it broke", (await Assert.ThrowsAsync<InvalidOperationException>(() => running.WaitAsync(Eventually.Deadline))).Message);
        await end.DisposeAsync();
        Assert.Empty(service.Liveness.Look());
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_end_of_a_round_is_that_of_the_hub_unless_it_is_to_start_anew(bool startsAnew)
    {
        using var listener = new ServiceManagerDouble();
        using var manager = ServiceManager.Find(name => name == "NOTIFY_SOCKET" ? listener.Address : null);
        var service = new HubService(manager, _time, _loggers.CreateLogger("Hub"));
        using var restart = new HubRestart(CancellationToken.None);
        var end = new RoundEnd(restart, service);
        Assert.Empty(service.Liveness.Look());
        if (startsAnew)
        {
            restart.Ask(_ => Task.CompletedTask);
        }
        else
        {
            restart.End();
        }

        Assert.Equal(["ending"], service.Liveness.Look().Select(loop => loop.Name));
        await end.DisposeAsync();
        Assert.Empty(service.Liveness.Look());
        service.TellReady();
        await Eventually.HoldsAsync(() => listener.Told.Contains("READY=1"), "what came before is heard");
        Assert.Equal(startsAnew ? ["READY=1"] : ["STOPPING=1", "READY=1"], listener.Told);
    }

    private async Task ToldAsync(string adapter, TimeSpan within)
    {
        DateTimeOffset end = _time.GetUtcNow() + within;
        await Eventually.HoldsAsync(
            () =>
            {
                _time.Advance(_time.GetUtcNow() < end ? TimeSpan.FromMilliseconds(250) : TimeSpan.Zero);
                return _uplink.Statuses.LastOrDefault()?.Checks?.Adapter == adapter;
            },
            $"{adapter} is told");
    }

    private sealed class Endless : IPayloadSource
    {
        public string Name => "endless";

        public async IAsyncEnumerable<SourceItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            yield break;
        }
    }

    /// <summary>Has something left to give when it is cancelled, after a while.</summary>
    private sealed class Farewell : IPayloadSource
    {
        public string Name => "farewell";

        public TaskCompletionSource Begun { get; } = new();

        public TaskCompletionSource Asked { get; } = new();

        public TaskCompletionSource Given { get; } = new();

        public async IAsyncEnumerable<SourceItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            Begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Asked.SetResult();
            await Given.Task;
            yield return new SourceItem(
                new DevicePayload(
                    null, SampleReadings.Patient, SampleReadings.Monitor, null,
                    new IncomingPayload(0x1810, 0x2A35, Convert.FromHexString("16780050005D00EA070B1609260048000000"), SampleReadings.Start)),
                null,
                1);
        }
    }

    private sealed class Failing : IPayloadSource
    {
        public string Name => "failing";

        public async IAsyncEnumerable<SourceItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            await Task.Yield();
            cancellation.ThrowIfCancellationRequested();
            if (Name.Length > 0)
            {
                throw new InvalidOperationException("it broke");
            }

            yield break;
        }
    }
}
