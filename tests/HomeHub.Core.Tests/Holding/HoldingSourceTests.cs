using System.Runtime.CompilerServices;
using System.Threading.Channels;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Delivery;
using HomeHub.Core.Holding;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Telemetry;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using HomeHub.Testing;
using HomeHub.Testing.Buffering;
using HomeHub.Testing.Consent;
using HomeHub.Testing.Holding;
using HomeHub.Testing.Peripherals;
using HomeHub.Testing.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Core.Tests.Holding;

/// <summary>A hub that does not know its time: from the source through the holding to the buffer.</summary>
public sealed class HoldingSourceTests : IDisposable
{
    private static readonly DateTimeOffset Wrong = new(1970, 1, 1, 0, 10, 0, TimeSpan.Zero), Right = new(2026, 3, 14, 6, 45, 5, TimeSpan.Zero);

    private readonly ManualTime _time = new(Wrong);
    private readonly InMemoryHeldPayloads _held = new();
    private readonly InMemoryReadingBuffer _buffer = new();
    private readonly InMemoryDeviceRegistry _devices = new();
    private readonly HubMetrics _metrics = new();
    private readonly Channel<SourceItem> _given = Channel.CreateUnbounded<SourceItem>();
    private readonly ClockDouble _clock;
    private int _committed;

    public HoldingSourceTests() => _clock = new ClockDouble(_time);

    [Fact]
    public async Task What_was_taken_before_the_time_was_known_is_on_disk_and_sent_with_the_right_time_once_it_is()
    {
        using var stop = new CancellationTokenSource();
        Task running = RunAsync(stop.Token);
        Give();
        await Eventually.HoldsAsync(() => _held.Count == 1 && Volatile.Read(ref _committed) == 1, "it is held, and the device may forget it");
        Assert.Equal(0, _buffer.CountBuffered(Recipient.CareTeam));

        // Ninety minutes later the network is there.
        _time.Advance(TimeSpan.FromMinutes(90));
        _time.Step(Right - _time.GetUtcNow());
        _clock.IsTimeKnown = true;
        await StoredAsync(1);
        Assert.Equal(Right.AddMinutes(-90), (await SentAsync()).Effective.Instant);
        await EmptyAsync();
        await EndAsync(running, stop);
    }

    [Fact]
    public async Task What_was_taken_in_an_earlier_start_whose_time_never_became_known_is_kept_whole_and_told_and_no_reading()
    {
        using var stop = new CancellationTokenSource();
        Task running = RunAsync(stop.Token);
        Give();
        await Eventually.HoldsAsync(() => _held.Count == 1, "it is held");
        await EndAsync(running, stop);
        _clock.Restart();
        _clock.IsTimeKnown = true;
        using var again = new CancellationTokenSource();
        running = RunAsync(again.Token);
        await EmptyAsync();
        await EndAsync(running, again);
        BufferCounts counts = await _buffer.CountAsync(default);
        Assert.Equal((0, 1), (counts.Taken, counts.Quarantined));
        Assert.Equal("time-unknown 2A35", Assert.Single(counts.QuarantinedByCause).Key);
        Assert.Equal(new UnplacedTime(new BootMoment("boot-1", TimeSpan.FromMinutes(10)), null, null), Assert.Single(_buffer.Quarantined).Unplaced);
    }

    [Fact]
    public async Task What_its_time_can_be_worked_out_from_is_kept_with_it()
    {
        using var stop = new CancellationTokenSource();
        Task running = RunAsync(stop.Token);

        // The device's clock is read, a measurement follows a minute later, and then what nobody understands.
        _given.Writer.TryWrite(Item(0x1805, 0x2A2B, "EA07030E072C00000000"));
        _time.Advance(TimeSpan.FromMinutes(1));
        Give();
        _given.Writer.TryWrite(Item(0x1810, 0x2A35, "00"));
        await Eventually.HoldsAsync(() => _held.Count == 3, "all are held");
        await EndAsync(running, stop);
        _clock.Restart();
        _clock.IsTimeKnown = true;
        using var again = new CancellationTokenSource();
        running = RunAsync(again.Token);
        await EmptyAsync();
        await EndAsync(running, again);
        var expected = new UnplacedTime(
            new BootMoment("boot-1", TimeSpan.FromMinutes(11)), new PhdTimestamp(2026, 3, 14, 7, 44, 0), TimeSpan.FromMinutes(10));
        Assert.Equal([DecodeErrorCode.TimeUnknown, DecodeErrorCode.Truncated], _buffer.Quarantined.Select(one => one.Error.Code));
        Assert.All(_buffer.Quarantined, one => Assert.Equal(expected, one.Unplaced));
    }

    [Fact]
    public async Task When_a_device_measured_what_was_held_is_noted_once_it_is_known()
    {
        const string address = "CC:BB:AA:11:22:33", other = "CC:BB:AA:11:22:34";
        await _devices.SaveAsync(new RegisteredDevice { Address = address, Patient = SampleReadings.Patient, PairedAt = Right.AddYears(-1) }, default);
        await _devices.SaveAsync(new RegisteredDevice { Address = other, Patient = SampleReadings.Patient, PairedAt = Right.AddYears(-1) }, default);
        HeldPayload feature = new(Item(0x1810, 0x2A49, "0000").Payload! with { Device = new DeviceDescriptor { Address = other } }, "boot-1", TimeSpan.FromMinutes(5));
        HeldPayload ofUnknownStart = new(Item().Payload! with { Device = new DeviceDescriptor { Address = other } }, "boot-0", TimeSpan.FromMinutes(5));
        await _held.HoldAsync([Held(TimeSpan.FromMinutes(3)), Held(TimeSpan.FromMinutes(4)), feature, ofUnknownStart], default);
        _time.Step(Right - Wrong);
        _clock.IsTimeKnown = true;
        using var stop = new CancellationTokenSource();
        Task running = RunAsync(stop.Token);
        await EmptyAsync();
        await EndAsync(running, stop);
        Assert.Equal(Right.AddMinutes(-10 + 4), (await _devices.FindAsync(address, default))!.LastValueAt!.Value, TimeSpan.FromSeconds(2));
        Assert.Null((await _devices.FindAsync(other, default))!.LastValueAt);
    }

    [Fact]
    public async Task A_registry_that_fails_keeps_nothing_back()
    {
        await _held.HoldAsync([Held(TimeSpan.FromMinutes(3))], default);
        _devices.Fault = new BufferException(BufferFault.DiskFull, "no room");
        _clock.IsTimeKnown = true;
        using var stop = new CancellationTokenSource();
        Task running = RunAsync(stop.Token);
        await EmptyAsync();
        await EndAsync(running, stop);
        Assert.Equal(1, _buffer.CountBuffered(Recipient.CareTeam));
    }

    [Fact]
    public async Task Given_on_again_after_a_crash_it_is_the_same_reading()
    {
        await _held.HoldAsync([Held(TimeSpan.FromMinutes(3))], default);
        _time.Step(Right - Wrong);
        _clock.IsTimeKnown = true;
        using var stop = new CancellationTokenSource();
        Task running = RunAsync(stop.Token);
        await StoredAsync(1);
        await EndAsync(running, stop);

        // It was stored, and the power went before it was removed; after the restart the clock is some seconds off what it was.
        await _held.HoldAsync([Held(TimeSpan.FromMinutes(3))], default);
        _clock.Restart();
        _time.Step(TimeSpan.FromSeconds(7));
        using var again = new CancellationTokenSource();
        running = RunAsync(again.Token);
        await EmptyAsync();
        await EndAsync(running, again);
        Assert.Equal((1, 1), ((await _buffer.CountAsync(default)).Taken, (await _buffer.CountAsync(default)).Duplicates));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_the_homes_time_zone_it_is_held_although_the_time_is_known(bool isRestarted)
    {
        _time.Step(Right - Wrong);
        _clock.IsTimeKnown = true;
        using var stop = new CancellationTokenSource();
        HoldingSource source = Source(() => false);
        Task running = RunAsync(source, stop.Token);
        Give();
        await Eventually.HoldsAsync(() => _held.Count == 1, "it is held");
        Assert.Equal(HoldReason.TimeZoneNotSet, source.Reason);
        await EndAsync(running, stop);

        // Somebody sets it, and starts the hub anew, or the whole system.
        if (isRestarted)
        {
            _clock.Restart();
        }

        using var again = new CancellationTokenSource();
        running = RunAsync(again.Token);
        await StoredAsync(1);
        Assert.Equal(Right, (await SentAsync()).Effective.Instant);
        await EndAsync(running, again);
    }

    [Fact]
    public async Task What_is_held_goes_on_when_somebody_sets_the_zone_while_the_hub_runs()
    {
        _time.Step(Right - Wrong);
        _clock.IsTimeKnown = true;
        var zone = new HomeZone(null);
        using var stop = new CancellationTokenSource();
        HoldingSource source = Source(() => zone.IsKnown);
        Task running = RunAsync(source, stop.Token);
        Give();
        await Eventually.HoldsAsync(() => _held.Count == 1, "it is held");
        Assert.Equal((HoldReason.TimeZoneNotSet, 0), (source.Reason, _buffer.CountBuffered(Recipient.CareTeam)));
        zone.Set(TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid"));
        await StoredAsync(1);
        Assert.Equal(Right, (await SentAsync()).Effective.Instant);
        _given.Writer.TryWrite(Item(octets: "00810053005D00"));
        await StoredAsync(1);
        Assert.Null(source.Reason);
        Assert.Equal(0, _held.Count);
        await EndAsync(running, stop);
    }

    [Fact]
    public async Task A_clock_that_is_set_between_reception_and_taking_moves_the_reception_along()
    {
        _time.Step(Right - Wrong);
        _clock.IsTimeKnown = true;
        SourceItem late = Item();
        _time.Advance(TimeSpan.FromSeconds(30));
        _time.Step(TimeSpan.FromHours(1));
        _given.Writer.TryWrite(late);
        using var stop = new CancellationTokenSource();
        Task running = RunAsync(stop.Token);
        await StoredAsync(1);
        Assert.Equal(Right.AddHours(1), (await SentAsync()).Effective.Instant);
        await EndAsync(running, stop);
    }

    [Fact]
    public async Task Where_there_is_no_room_nothing_is_confirmed_and_the_device_keeps_it()
    {
        _held.IsFull = true;
        using var stop = new CancellationTokenSource();
        Task running = RunAsync(stop.Token);
        Give();
        await Eventually.HoldsAsync(() => _time.UntilNext is not null, "it waits for room");
        Assert.Equal((0, 0L), (_committed, _held.Count));
        _held.IsFull = false;
        await Eventually.HoldsAsync(
            () =>
            {
                _time.Advance(HoldingSource.LookInterval);
                return _held.Count == 1 && Volatile.Read(ref _committed) == 1;
            },
            "it is held once there is");
        await EndAsync(running, stop);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ended_while_there_is_no_room_or_by_a_fault_it_ends_though_its_source_still_waits(bool isFault)
    {
        _held.IsFull = !isFault;
        _held.Fault = isFault ? new BufferException(BufferFault.Failed, "a disk that fails") : null;
        using var stop = new CancellationTokenSource();
        Task running = RunAsync(stop.Token);
        Give();
        if (!isFault)
        {
            await Eventually.HoldsAsync(() => _time.UntilNext is not null && _given.Reader.Count == 0, "it waits for room");
            await stop.CancelAsync();
        }

        Assert.Equal(isFault, await Assert.ThrowsAnyAsync<Exception>(() => running.WaitAsync(Eventually.Deadline)) is BufferException);
        Assert.Equal(isFault, running.IsFaulted);
    }

    [Fact]
    public async Task A_source_that_ends_while_its_readings_are_held_ends_the_holding()
    {
        Give();
        _given.Writer.Complete();
        await RunAsync(CancellationToken.None).WaitAsync(Eventually.Deadline);
        Assert.Equal(1, _held.Count);
    }

    [Theory]
    [InlineData(0, true, true)]
    [InlineData(0, false, false)]
    [InlineData(1, true, false)]
    public async Task While_something_is_held_no_device_is_told_to_delete_its_records(int heldCount, bool isReceipted, bool expected)
    {
        await _held.HoldAsync([.. Enumerable.Range(0, heldCount).Select(_ => Held(TimeSpan.FromMinutes(3)))], default);
        Func<string, ushort, CancellationToken, Task<bool>> asked = HoldingSource.CountAsNotReceipted(_held, (_, _, _) => Task.FromResult(isReceipted));
        Assert.Equal(expected, await asked("CC:BB:AA:11:22:33", 0x1808, default));
    }

    public void Dispose() => _metrics.Dispose();

    private static async Task EndAsync(Task running, CancellationTokenSource stop)
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.False(running.IsFaulted, running.Exception?.ToString());
    }

    private HeldPayload Held(TimeSpan uptime) => new(Item().Payload!, _clock.BootId == "boot-1" ? _clock.BootId : "boot-1", uptime);

    private void Give() => _given.Writer.TryWrite(Item());

    private SourceItem Item(ushort service = 0x1810, ushort characteristic = 0x2A35, string octets = "00800053005D00") => new(
        new DevicePayload(
            "s", SampleReadings.Patient, new DeviceDescriptor { Address = "CC:BB:AA:11:22:33" }, null,
            new IncomingPayload(service, characteristic, Convert.FromHexString(octets), _time.GetLocalNow()) { Monotonic = _time.GetElapsedTime(0) }),
        null,
        0)
    {
        Committed = () => Interlocked.Increment(ref _committed),
    };

    private HoldingSource Source(Func<bool>? hasZone = null) =>
        new(new ChannelSource(_given.Reader), _held, _clock, hasZone ?? (() => true), _devices, _time, NullLogger<HoldingSource>.Instance);

    private Task RunAsync(CancellationToken stop) => RunAsync(Source(), stop);

    private Task RunAsync(HoldingSource source, CancellationToken stop)
    {
        var pipeline = new IngestPipeline(
            _buffer, SampleConsents.Rules(), HubZone.OfReception, _time, _metrics, NullLogger<IngestPipeline>.Instance);
        return Task.Run(() => pipeline.RunAsync(source, stop), CancellationToken.None);
    }

    private Task StoredAsync(int count) => Eventually.HoldsAsync(
        () =>
        {
            // Looks again whether the time is known.
            _time.Advance(HoldingSource.LookInterval);
            return _buffer.CountBuffered(Recipient.CareTeam) == count;
        },
        "it is stored");

    private Task EmptyAsync() => Eventually.HoldsAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            return _held.Count == 0;
        },
        "nothing is held any more");

    private async Task<AcquiredReading> SentAsync() =>
        Assert.Single(await _buffer.LeaseAsync(Recipient.CareTeam, 9, _time.GetUtcNow(), default)).Record;

    private sealed class ClockDouble(ManualTime time) : IHubClock
    {
        private int _starts = 1;
        private TimeSpan _startedAt = time.GetElapsedTime(0);

        public bool IsTimeKnown { get; set; }

        public string BootId => $"boot-{_starts}";

        public TimeSpan Uptime => TimeSpan.FromMinutes(10) + time.GetElapsedTime(0) - _startedAt;

        public void Restart()
        {
            _starts++;
            _startedAt = time.GetElapsedTime(0);
        }
    }

    private sealed class ChannelSource(ChannelReader<SourceItem> items) : IPayloadSource
    {
        public string Name => "double";

        public async IAsyncEnumerable<SourceItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            await foreach (SourceItem item in items.ReadAllAsync(cancellation))
            {
                yield return item;
            }
        }
    }
}
