using System.Reflection;
using System.Runtime.CompilerServices;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;
using HomeHub.Core.Delivery;
using HomeHub.Core.Holding;
using HomeHub.Core.Liveness;
using HomeHub.Core.Telemetry;
using HomeHub.Core.Time;
using HomeHub.Testing;
using HomeHub.Testing.Buffering;
using HomeHub.Testing.Consent;
using HomeHub.Testing.Delivery;
using HomeHub.Testing.Holding;
using HomeHub.Testing.Peripherals;
using HomeHub.Testing.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Core.Tests.Liveness;

/// <summary>A disk that is full or can't be written, which ends no loop of the hub: each waits, says why, and goes on with what it has in hand.</summary>
public sealed class DiskWaitTests : IDisposable
{
    private const string NoRoom = "The disk has no room left.", NotWritable = "The disk can't be written.";

    private readonly ManualTime _time = new(SampleReadings.Start);
    private readonly HubMetrics _metrics = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly InMemoryReadingBuffer _inner = new();
    private readonly IReadingBuffer _buffer = DispatchProxy.Create<IReadingBuffer, DiskDouble<IReadingBuffer>>();
    private readonly LogDouble _log = new();
    private int _changes;

    private DiskDouble<IReadingBuffer> Disk => (DiskDouble<IReadingBuffer>)(object)_buffer;

    public void Dispose()
    {
        _stop.Dispose();
        _metrics.Dispose();
    }

    [Theory]
    [InlineData(BufferFault.DiskFull, NoRoom)]
    [InlineData(BufferFault.ReadOnly, NotWritable)]
    public async Task What_a_source_gave_is_kept_and_stored_once_the_disk_takes_it(BufferFault fault, string excuse)
    {
        Disk.Put(_inner, nameof(IReadingBuffer.AppendAsync), nameof(IReadingBuffer.QuarantineAsync));
        Disk.Fault = fault;
        LoopPulse pulse = new HubLiveness(_time).AddResting("ingest", IngestPipeline.TurnLimit);
        int committed = 0;
        SourceItem[] items = [Item("00800053006800", () => committed++), Item("008100", () => committed++), Item("00820053006800", () => committed++)];
        var pipeline = new IngestPipeline(
            _buffer, SampleConsents.Rules(), HubZone.OfReception, _time, _metrics, NullLogger<IngestPipeline>.Instance, null, pulse, () => _changes++);
        Task<IngestTotals> running = pipeline.RunAsync(new ListSource(items), _stop.Token);
        await MoveUntilAsync(() => Disk.Refused.Count > 100, "it is tried again and again");
        Assert.Equal((excuse, false, 0), (pulse.Look().Excuse, pulse.Look().HasStalled, committed));
        Disk.Fault = null;
        await MoveUntilAsync(() => running.IsCompleted, "all is taken");
        Assert.Equal((2, 1, 0), ((await running).Stored, (await running).Quarantined, (await running).Duplicates));
        Assert.Equal(3, committed);
        Assert.Null(pulse.Look().Excuse);
        Assert.InRange(_changes, 2, 10);
    }

    [Fact]
    public async Task A_hub_that_ends_meanwhile_waits_for_no_room()
    {
        Disk.Put(_inner, nameof(IReadingBuffer.AppendAsync));
        Disk.Fault = BufferFault.DiskFull;
        bool isCommitted = false;
        var pipeline = new IngestPipeline(_buffer, SampleConsents.Rules(), HubZone.OfReception, _time, _metrics, NullLogger<IngestPipeline>.Instance);
        Task<IngestTotals> running = pipeline.RunAsync(new ListSource([Item("00800053006800", () => isCommitted = true)]), _stop.Token);
        await Eventually.HoldsAsync(() => !Disk.Refused.IsEmpty, "it is refused");
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Eventually.Deadline));
        Assert.False(isCommitted);
    }

    [Theory]
    [InlineData(nameof(IReadingBuffer.LeaseAsync))]
    [InlineData(nameof(IReadingBuffer.SettleAsync))]
    [InlineData(nameof(IReadingBuffer.SetKnownDeviceAsync))]
    public async Task The_delivery_pauses_and_goes_on_where_it_was(string refused)
    {
        Disk.Put(_inner, refused);
        Disk.Fault = BufferFault.DiskFull;
        await using var uplink = new UplinkDouble();
        LoopPulse pulse = new HubLiveness(_time).AddResting("delivery", DeliveryDriver.TurnLimit);
        var driver = new DeliveryDriver(
            Recipient.CareTeam, new DeliveryOptions { MaxReadings = 5 }, _buffer, new EncoderDouble(), uplink, SampleConsents.Book(), _time, _metrics,
            NullLogger<DeliveryDriver>.Instance, new DiskWait(_time, NullLogger.Instance, pulse), null, pulse);
        await _inner.AppendAsync(SampleReadings.Many(1, 5), default);
        Task running = driver.RunAsync(_stop.Token);
        HashSet<Guid> answered = [];
        await MoveUntilAsync(
            () =>
            {
                Answer(uplink, answered);
                return Disk.Refused.Count > 10;
            },
            "it is refused");
        Assert.False(driver.IsDrained);
        Assert.Equal((NoRoom, false), (pulse.Look().Excuse, pulse.Look().HasStalled));
        Disk.Fault = null;
        await MoveUntilAsync(
            () =>
            {
                Answer(uplink, answered);
                return driver.IsDrained;
            },
            "it goes on");
        Assert.Equal((5, 0), ((await _inner.CountAsync(default)).Receipted, (await _inner.CountAsync(default)).Rejected));
        Assert.Single(answered);
        Assert.False(running.IsCompleted);
        await EndAsync(running);
    }

    [Fact]
    public async Task What_is_decided_meanwhile_holds_and_is_gone_through_once_there_is_room()
    {
        Disk.Put(_inner, nameof(IReadingBuffer.ReviewAsync));
        Disk.Fault = BufferFault.DiskFull;
        var keeper = new ConsentKeeper(SampleConsents.Book(), _buffer, [Recipient.CareTeam], _time, NullLogger<ConsentKeeper>.Instance);
        int changes = 0;
        keeper.Changed += () => changes++;
        Task running = keeper.RunAsync(_stop.Token);
        await MoveUntilAsync(() => Disk.Refused.Count > 3, "it is tried at each look");
        Assert.False(keeper.State.IsUnknown);
        int before = changes;
        Disk.Fault = null;
        await MoveUntilAsync(() => changes >= before + 2, "it is gone through");
        Assert.False(running.IsCompleted);
        await EndAsync(running);
    }

    [Fact]
    public async Task What_is_to_be_held_until_the_time_is_known_is_kept_and_given_on_once()
    {
        IHeldPayloads held = DispatchProxy.Create<IHeldPayloads, DiskDouble<IHeldPayloads>>();
        var disk = (DiskDouble<IHeldPayloads>)(object)held;
        await using var inner = new InMemoryHeldPayloads();
        disk.Put(inner, nameof(IHeldPayloads.HoldAsync), nameof(IHeldPayloads.NoteBootAsync), nameof(IHeldPayloads.RemoveAsync));
        disk.Fault = BufferFault.ReadOnly;
        var clock = new ClockDouble { IsTimeKnown = false };
        LoopPulse pulse = new HubLiveness(_time).AddResting("holding", HoldingSource.TurnLimit);
        int committed = 0;
        var source = new HoldingSource(
            new ListSource([Item("00800053006800", () => committed++)], isEndless: true), held, clock, () => true, new InMemoryDeviceRegistry(), _time, NullLogger<HoldingSource>.Instance, pulse,
            () => _changes++);
        var pipeline = new IngestPipeline(_inner, SampleConsents.Rules(), HubZone.OfReception, _time, _metrics, NullLogger<IngestPipeline>.Instance);
        Task running = pipeline.RunAsync(source, _stop.Token);
        await MoveUntilAsync(() => disk.Refused.Count > 3, "it can't be held");
        Assert.Equal((NotWritable, 0), (pulse.Look().Excuse, committed));
        disk.Fault = null;
        await MoveUntilAsync(() => inner.Count == 1, "it is held");
        await MoveUntilAsync(() => committed == 1, "its source hears of it");

        disk.Fault = BufferFault.DiskFull;
        int refused = disk.Refused.Count;
        clock.IsTimeKnown = true;
        await MoveUntilAsync(() => disk.Refused.Count > refused + 3, "the start can't be noted");
        Assert.Equal(0, _inner.CountBuffered(Recipient.CareTeam));
        disk.Fault = null;
        await MoveUntilAsync(() => inner.Count == 0, "it is given on");
        Assert.Equal(1, (await _inner.CountAsync(default)).Taken);
        Assert.InRange(_changes, 2, 8);
        Assert.False(running.IsCompleted);
        await EndAsync(running);
    }

    [Fact]
    public async Task It_is_said_once_a_minute_and_when_it_is_over()
    {
        int tries = 0;
        var wait = new DiskWait(_time, _log, null, () => _changes++);
        DateTimeOffset began = _time.GetUtcNow();
        Task running = wait.RunAsync(
            () =>
            {
                tries++;
                return _time.GetUtcNow() < began.AddMinutes(10) ? throw new BufferException(BufferFault.DiskFull, "no room on the card") : Task.CompletedTask;
            },
            default);
        await MoveUntilAsync(() => running.IsCompleted, "it is done");
        await running;
        Assert.InRange(tries, 60, 302);
        Assert.InRange(_log.Lines.Count(line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("no room on the card", StringComparison.Ordinal)), 9, 11);
        Assert.Single(_log.Lines, line => line.StartsWith("Information", StringComparison.Ordinal));
        Assert.Equal(_log.Lines.Count, _changes);
    }

    [Theory]
    [InlineData(BufferFault.Damaged)]
    [InlineData(BufferFault.Failed)]
    [InlineData(BufferFault.Locked)]
    public async Task What_nobody_can_mend_while_the_hub_runs_is_no_reason_to_wait(BufferFault fault)
    {
        var wait = new DiskWait(_time, _log);
        BufferException error = await Assert.ThrowsAsync<BufferException>(() => wait.RunAsync(() => throw new BufferException(fault, ""), default));
        Assert.Equal(fault, error.Fault);
        Assert.Empty(_log.Lines);
    }

    private static void Answer(UplinkDouble uplink, HashSet<Guid> answered)
    {
        foreach (UplinkDouble.Publication sent in uplink.Published.Where(sent => answered.Add(sent.Id)))
        {
            uplink.Commit(sent.Id);
        }
    }

    private static SourceItem Item(string hex, Action committed) => new(
        new DevicePayload("s", SampleReadings.Patient, SampleReadings.Monitor, null, new IncomingPayload(0x1810, 0x2A35, Convert.FromHexString(hex), SampleReadings.Start)), null, 1)
    {
        Committed = committed,
    };

    private async Task EndAsync(Task running)
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Eventually.Deadline));
    }

    private Task MoveUntilAsync(Func<bool> holds, string what) => Eventually.HoldsAsync(
        () =>
        {
            if (holds())
            {
                return true;
            }

            _time.Advance(TimeSpan.FromSeconds(2));
            return false;
        },
        what);

    private sealed class ListSource(SourceItem[] items, bool isEndless = false) : IPayloadSource
    {
        public string Name => "list";

        public async IAsyncEnumerable<SourceItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            foreach (SourceItem item in items)
            {
                yield return item;
            }

            await Task.Delay(isEndless ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellation);
        }
    }

    private sealed class LogDouble : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{logLevel}: {formatter(state, exception)}");
    }
}
