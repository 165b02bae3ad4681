using System.Reflection;
using HomeHub.Core.Erasure;
using HomeHub.Core.Acts;
using HomeHub.Core.Buffering;
using HomeHub.Core.Peripherals;
using HomeHub.Core.SelfCheck;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;
using HomeHub.Gateway.Logging;
using HomeHub.Gateway.Tests.Commands.Devices;
using HomeHub.Testing;
using HomeHub.Testing.Audit;
using HomeHub.Testing.Buffering;
using HomeHub.Testing.Consent;
using HomeHub.Testing.Delivery;
using HomeHub.Testing.Peripherals;
using HomeHub.Testing.Time;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Tests.Hub;

public sealed class HubReporterTests : IDisposable
{
    private static readonly CentralState
        Ready = new(CentralCondition.Ready, "", "hci0 00:11:22:33:44:55"),
        Away = new(CentralCondition.NoService, "The Bluetooth service does not run.");

    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-reporter-").FullName;
    private readonly StringWriter _log = new();
    private readonly ManualTime _time = new(SampleReadings.Start.ToUniversalTime());

    /// <summary>It looks once a second, and a Bluetooth service that crashed is back in less.</summary>
    [Fact]
    public async Task A_radio_that_goes_and_is_back_between_two_looks_is_told()
    {
        await using var central = new CentralDouble { State = Ready };
        await using var uplink = new UplinkDouble();
        using var loggers = new LineLoggerFactory(_log, LogLevel.Information, asJson: false, _time);
        using var stop = new CancellationTokenSource();
        var parts = new HubParts(_folder, new HubConfiguration(), new InMemoryReadingBuffer(), new EncoderDouble(), uplink, SampleConsents.Book(), new InMemoryAuditLog(), () => null, loggers, _time, new ClockDouble(), Radio: central);
        Task reporting = new HubReporter(parts, Desk(parts), new ErasureDesk(parts.Buffer, parts.Audit, parts.Time), () => { }).RunAsync(stop.Token);
        await Eventually.HoldsAsync(() => _time.UntilNext is not null, "it waits for its next look");
        central.Tell(Away);
        central.Tell(Ready);
        central.Tell(Ready);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reporting);
        central.Tell(Away);
        Assert.Equal(["Bluetooth is ready", "Bluetooth can't be used", "Bluetooth is ready"], _log.ToString()
            .Split('\n').Where(line => line.Contains("Bluetooth", StringComparison.Ordinal)).Select(line => line[line.IndexOf("Bluetooth", StringComparison.Ordinal)..].Split(':')[0]));
    }

    [Fact]
    public async Task What_is_known_to_have_changed_is_looked_at_again()
    {
        await using var central = new CentralDouble { State = Away };
        await using var uplink = new UplinkDouble();
        using var loggers = new LineLoggerFactory(_log, LogLevel.Information, asJson: false, _time);
        using var stop = new CancellationTokenSource();
        var clock = new ClockDouble { IsTimeKnown = false };
        HubParts parts = Parts(uplink, loggers, clock) with { Radio = central };
        List<CheckKind> asked = [];
        var reporter = new HubReporter(parts, Desk(parts), new ErasureDesk(parts.Buffer, parts.Audit, parts.Time), () => { }) { LookAgain = asked.AddRange };
        Task reporting = reporter.RunAsync(stop.Token);
        await Eventually.HoldsAsync(() => _time.UntilNext is not null && uplink.Statuses.Count == 1, "it waits for its next look");
        asked.Clear();
        central.Tell(Ready);
        Assert.Equal([CheckKind.Adapter], asked);
        clock.IsTimeKnown = true;
        _time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.HoldsAsync(() => asked.Count > 1 && _time.UntilNext is not null, "it looked");
        Assert.Equal([CheckKind.Adapter, CheckKind.Clock, CheckKind.Certificates], asked);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reporting);
    }

    /// <summary>The clock of a board is wrong until its network is there, and is then set, forward or back by years.</summary>
    [Theory]
    [InlineData(-20_000)]
    [InlineData(20_000)]
    public async Task However_the_clock_is_set_the_state_is_written_again_in_time_and_says_for_how_long_the_hub_runs(int days)
    {
        await using var uplink = new UplinkDouble();
        using var loggers = new LineLoggerFactory(_log, LogLevel.Information, asJson: false, _time);
        using var stop = new CancellationTokenSource();
        HubParts parts = Parts(uplink, loggers, new ClockDouble());
        Task reporting = new HubReporter(parts, Desk(parts), new ErasureDesk(parts.Buffer, parts.Audit, parts.Time), () => { }).RunAsync(stop.Token);
        await Eventually.HoldsAsync(() => _time.UntilNext is not null && uplink.Statuses.Count == 1, "it waits for its next look");
        _time.Advance(TimeSpan.FromMinutes(1));
        await Eventually.HoldsAsync(() => _time.UntilNext is not null, "it looked");
        RunStateFile.Delete(_folder);
        _time.Step(TimeSpan.FromDays(days));
        await Eventually.HoldsAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return RunStateFile.Read(_folder) is not null;
            },
            "it is written again");
        RunState state = RunStateFile.Read(_folder)!;
        Assert.InRange(_time.GetUtcNow() - state.Since, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(10));
        Assert.Equal(state.Since, state.BrokerSince);
        await Eventually.HoldsAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return uplink.Statuses.Count >= 2;
            },
            "the status is told again");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reporting);
    }

    [Fact]
    public async Task While_the_disk_takes_nothing_how_the_hub_is_is_told_all_the_same_and_what_is_asked_for_waits()
    {
        IReadingBuffer buffer = DispatchProxy.Create<IReadingBuffer, DiskDouble<IReadingBuffer>>();
        var disk = (DiskDouble<IReadingBuffer>)(object)buffer;
        disk.Put(new InMemoryReadingBuffer(), nameof(IReadingBuffer.RetryRejectedAsync), nameof(IReadingBuffer.CountAsync));
        disk.Fault = BufferFault.ReadOnly;
        await using var uplink = new UplinkDouble();
        using var loggers = new LineLoggerFactory(_log, LogLevel.Information, asJson: false, _time);
        using var stop = new CancellationTokenSource();
        HubParts parts = Parts(uplink, loggers, new ClockDouble()) with { Buffer = buffer };
        int changes = 0;
        parts.Disk.Changed += () => changes++;
        RetryRequest.Write(_folder);
        Task reporting = new HubReporter(parts, Desk(parts), new ErasureDesk(parts.Buffer, parts.Audit, parts.Time), () => { }).RunAsync(stop.Token);
        await LooksUntilAsync(() => uplink.Statuses.Count == 2);
        Assert.NotNull(RunStateFile.Read(_folder));
        Assert.True(RetryRequest.IsWaiting(_folder));
        Assert.InRange(changes, 1, 3);
        disk.Fault = null;
        await LooksUntilAsync(() => !RetryRequest.IsWaiting(_folder));
        Assert.Contains("rejected readings are sent again", _log.ToString(), StringComparison.Ordinal);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reporting);

        Task LooksUntilAsync(Func<bool> holds) => Eventually.HoldsAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return holds();
            },
            "it looks on");
    }

    /// <summary>Each time wears a memory card.</summary>
    [Fact]
    public async Task A_state_that_tells_nothing_new_is_written_again_every_ten_minutes_only()
    {
        await using var uplink = new UplinkDouble();
        using var loggers = new LineLoggerFactory(_log, LogLevel.Information, asJson: false, _time);
        using var stop = new CancellationTokenSource();
        HubParts parts = Parts(uplink, loggers, new ClockDouble());
        Task reporting = new HubReporter(parts, Desk(parts), new ErasureDesk(parts.Buffer, parts.Audit, parts.Time), () => { }).RunAsync(stop.Token);
        await Eventually.HoldsAsync(() => _time.UntilNext is not null && RunStateFile.Read(_folder) is not null, "it waits for its next look");
        RunStateFile.Delete(_folder);
        int seconds = 0;
        await Eventually.HoldsAsync(
            () =>
            {
                if (_time.UntilNext is null)
                {
                    return false;
                }

                seconds++;
                _time.Advance(TimeSpan.FromSeconds(1));
                return RunStateFile.Read(_folder) is not null;
            },
            "it is written again");
        Assert.InRange(seconds, RunState.Heartbeat.TotalSeconds - 2, RunState.Heartbeat.TotalSeconds + 60);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reporting);
    }

    [Fact]
    public async Task While_the_clock_is_not_known_nobody_is_silent_and_nobody_is_not()
    {
        await using var uplink = new UplinkDouble();
        using var loggers = new LineLoggerFactory(_log, LogLevel.Information, asJson: false, _time);
        using var stop = new CancellationTokenSource();
        var clock = new ClockDouble { IsTimeKnown = false };
        var devices = new InMemoryDeviceRegistry();
        await devices.SaveAsync(new RegisteredDevice { Address = "C0:FF:EE:00:00:01", Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start.AddDays(-9) }, default);
        await devices.ExpectAsync("C0:FF:EE:00:00:01", TimeSpan.FromDays(1), default);
        HubParts parts = Parts(uplink, loggers, clock) with { Devices = devices };
        Task reporting = new HubReporter(parts, Desk(parts), new ErasureDesk(parts.Buffer, parts.Audit, parts.Time), () => { }).RunAsync(stop.Token);
        await Eventually.HoldsAsync(() => _time.UntilNext is not null && uplink.Statuses.Count == 1, "it waits for its next look");
        Assert.Null(uplink.Statuses.Single().Silence);
        clock.IsTimeKnown = true;
        await Eventually.HoldsAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return uplink.Statuses.Any(status => status.Silence == new DeviceSilence(1, 1));
            },
            "it is told at once");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reporting);
    }

    [Fact]
    public async Task History_is_not_removed_by_a_clock_that_is_not_known()
    {
        await using var uplink = new UplinkDouble();
        using var loggers = new LineLoggerFactory(_log, LogLevel.Information, asJson: false, _time);
        using var stop = new CancellationTokenSource();
        var clock = new ClockDouble { IsTimeKnown = false };
        HubParts parts = Parts(uplink, loggers, clock);
        await parts.Buffer.AppendAsync([new NewReading(SampleReadings.BloodPressure(1), [new NewDelivery(Recipient.CareTeam, DeliveryState.Local)])], default);
        _time.Step(TimeSpan.FromDays(4_000));
        Task keeping = new Housekeeper(parts).RunAsync(stop.Token);
        await Eventually.HoldsAsync(() => _time.UntilNext is not null, "it waits for the clock");
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(1, (await parts.Buffer.CountAsync(default)).Local);
        Assert.DoesNotContain("left the local history", _log.ToString(), StringComparison.Ordinal);
        clock.IsTimeKnown = true;
        await Eventually.HoldsAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromMinutes(1));
                return _log.ToString().Contains("left the local history", StringComparison.Ordinal);
            },
            "by a known one it is");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => keeping);
    }

    private static ReadingDesk Desk(HubParts parts) => new(parts.Buffer, parts.Audit, () => SampleConsents.Rules(), parts.Time);

    private HubParts Parts(UplinkDouble uplink, LineLoggerFactory loggers, ClockDouble clock) =>
        new(_folder, new HubConfiguration(), new InMemoryReadingBuffer(), new EncoderDouble(), uplink, SampleConsents.Book(), new InMemoryAuditLog(), () => null, loggers, _time, clock);

    public void Dispose()
    {
        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
