using HomeHub.Core.SelfCheck;
using HomeHub.Testing;
using HomeHub.Testing.Time;
using Microsoft.Extensions.Logging;

namespace HomeHub.Core.Tests.SelfCheck;

public class SelfCheckKeeperTests
{
    private readonly ManualTime _time = new(SampleReadings.Start.ToUniversalTime());
    private readonly LogDouble _log = new();
    private readonly ProbeDouble _disk = new();

    [Fact]
    public async Task It_looks_after_the_start_then_daily_and_hourly_while_something_is_wrong_and_logs_changes_only()
    {
        using var stop = new CancellationTokenSource();
        SelfCheckKeeper keeper = Keeper();
        Task running = keeper.RunAsync(stop.Token);
        Assert.Null(keeper.Report);
        await GoOnAsync(SelfCheckKeeper.AfterStart, looks: 1);
        Assert.Equal(CheckOutcome.Good, keeper.Report!.Worst);
        Assert.Empty(_log.Lines);
        _time.Advance(SelfCheckKeeper.IntervalOfTrouble);
        Assert.Equal(1, _disk.Looks);

        _disk.Finds = new CheckFinding(CheckKind.Disk, CheckOutcome.Warning, CheckReason.DiskLow);
        await GoOnAsync(SelfCheckKeeper.Interval - SelfCheckKeeper.IntervalOfTrouble, looks: 2);
        await GoOnAsync(SelfCheckKeeper.IntervalOfTrouble, looks: 3);
        await GoOnAsync(SelfCheckKeeper.IntervalOfTrouble, looks: 4);
        Assert.True(keeper.Report!.NeedsAttention);
        Assert.Equal(2 * SelfCheckKeeper.IntervalOfTrouble, keeper.Report.At - keeper.Report.Results[0].Since);
        Assert.Equal(["Warning: Self-check of disk: warning:disk-low "], _log.Lines);

        _disk.Finds = new CheckFinding(CheckKind.Disk, CheckOutcome.Good);
        await GoOnAsync(SelfCheckKeeper.IntervalOfTrouble, looks: 5);
        Assert.Equal("Information: Self-check of disk: good ", _log.Lines[^1]);
        await EndAsync(running, stop);
    }

    [Fact]
    public async Task What_did_not_come_to_its_end_is_looked_at_daily_and_only_what_is_wrong_hourly()
    {
        using var stop = new CancellationTokenSource();
        var adapter = new ProbeDouble(CheckKind.Adapter) { Finds = new CheckFinding(CheckKind.Adapter, CheckOutcome.Bad, CheckReason.AdapterMissing) };
        var database = new ProbeDouble(CheckKind.Database) { Finds = new CheckFinding(CheckKind.Database, CheckOutcome.Unknown, CheckReason.NotFinished) };
        Task running = new SelfCheckKeeper([database, _disk, adapter], _time, _log).RunAsync(stop.Token);
        await GoOnAsync(SelfCheckKeeper.AfterStart, looks: 1);
        for (int i = 0; i < 23; i++)
        {
            await GoOnAsync(SelfCheckKeeper.IntervalOfTrouble, looks: 1);
        }

        await Eventually.HoldsAsync(() => adapter.Looks == 24, "the adapter was looked at hourly");
        Assert.Equal(1, database.Looks);
        await GoOnAsync(SelfCheckKeeper.IntervalOfTrouble, looks: 2);
        Assert.Equal(2, database.Looks);
        await EndAsync(running, stop);
    }

    [Fact]
    public async Task What_is_known_to_have_changed_is_looked_at_at_once_and_nothing_else()
    {
        using var stop = new CancellationTokenSource();
        var adapter = new ProbeDouble(CheckKind.Adapter);
        var keeper = new SelfCheckKeeper([_disk, adapter], _time, _log);
        keeper.Ask(CheckKind.Adapter);
        Task running = keeper.RunAsync(stop.Token);
        await GoOnAsync(SelfCheckKeeper.AfterStart, looks: 1);
        _time.Advance(TimeSpan.FromMinutes(5));
        adapter.Finds = new CheckFinding(CheckKind.Adapter, CheckOutcome.Bad, CheckReason.AdapterMissing);
        keeper.Ask(CheckKind.Adapter);
        await Eventually.HoldsAsync(() => keeper.Report!.NeedsAttention, "the adapter is missing");
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromMinutes(5)), (keeper.Report!.At - keeper.Report.Of(CheckKind.Adapter)!.Since, keeper.Report.At - keeper.Report.Of(CheckKind.Disk)!.Since));
        adapter.Finds = new CheckFinding(CheckKind.Adapter, CheckOutcome.Good);
        keeper.Ask(CheckKind.Clock, CheckKind.Adapter);
        await Eventually.HoldsAsync(() => !keeper.Report!.NeedsAttention, "it is back");
        Assert.Equal(1, _disk.Looks);
        await EndAsync(running, stop);
    }

    [Fact]
    public async Task A_check_that_fails_is_told_as_not_known_and_the_others_are_made()
    {
        _disk.Fault = new InvalidOperationException("a secret");
        var keeper = new SelfCheckKeeper([_disk, new ClockProbe(new ClockDouble())], _time, _log);
        SelfCheckReport report = await keeper.LookAsync(default);
        Assert.Equal(new CheckFinding(CheckKind.Disk, CheckOutcome.Unknown, CheckReason.CheckFailed, nameof(InvalidOperationException)), report.Of(CheckKind.Disk)!.Finding);
        Assert.Equal(CheckOutcome.Good, report.Of(CheckKind.Clock)!.Finding.Outcome);
        Assert.DoesNotContain(_log.Lines, line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Moments_follow_a_clock_that_is_set()
    {
        SelfCheckKeeper keeper = Keeper();
        await keeper.LookAsync(default);
        _time.Advance(TimeSpan.FromMinutes(5));
        _time.Step(TimeSpan.FromDays(4_000));
        Assert.Equal(TimeSpan.FromMinutes(5), _time.GetUtcNow() - keeper.Report!.At);
        SelfCheckReport next = await keeper.LookAsync(default);
        Assert.Equal(TimeSpan.FromMinutes(5), next.At - next.Results[0].Since);
    }

    private SelfCheckKeeper Keeper() => new([_disk], _time, _log);

    private static async Task EndAsync(Task running, CancellationTokenSource stop)
    {
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private async Task GoOnAsync(TimeSpan by, int looks)
    {
        await Eventually.HoldsAsync(() => _time.UntilNext is not null, "it waits");
        _time.Advance(by);
        await Eventually.HoldsAsync(() => _disk.Looks == looks && _time.UntilNext is not null, $"it looked {looks} times");
    }

    /// <summary>A double of a check: finds what a test says.</summary>
    private sealed class ProbeDouble(CheckKind kind = CheckKind.Disk) : ISelfCheckProbe
    {
        private int _looks;

        public CheckKind Kind => kind;

        public int Looks => Volatile.Read(ref _looks);

        public CheckFinding Finds { get; set; } = new(kind, CheckOutcome.Good);

        public Exception? Fault { get; set; }

        public Task<CheckFinding> RunAsync(CancellationToken cancellation)
        {
            Interlocked.Increment(ref _looks);
            return Fault is { } fault ? Task.FromException<CheckFinding>(fault) : Task.FromResult(Finds);
        }
    }

    /// <summary>A double of the log that keeps what was written.</summary>
    private sealed class LogDouble : ILogger<SelfCheckKeeper>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{logLevel}: {formatter(state, exception)}");
    }
}
