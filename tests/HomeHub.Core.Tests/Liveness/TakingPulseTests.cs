using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Delivery;
using HomeHub.Core.Holding;
using HomeHub.Core.Liveness;
using HomeHub.Core.Telemetry;
using HomeHub.Core.Time;
using HomeHub.Testing;
using HomeHub.Testing.Buffering;
using HomeHub.Testing.Consent;
using HomeHub.Testing.Holding;
using HomeHub.Testing.Peripherals;
using HomeHub.Testing.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Core.Tests.Liveness;

/// <summary>Whether it is noticed that nothing goes from a source to the disk any more, and a full disk is not taken for that.</summary>
public sealed class TakingPulseTests : IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly ManualTime _time = new(SampleReadings.Start);
    private readonly HubMetrics _metrics = new();
    private readonly HubLiveness _liveness;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<SourceItem> _given = Channel.CreateUnbounded<SourceItem>();
    private readonly ClockDouble _clock = new();

    public TakingPulseTests() => _liveness = new HubLiveness(_time);

    public void Dispose()
    {
        _stop.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public async Task A_source_that_has_nothing_stalls_nothing_and_what_it_gives_is_stored_without_a_word()
    {
        LoopPulse pulse = _liveness.AddResting("ingest", IngestPipeline.TurnLimit);
        var buffer = new InMemoryReadingBuffer();
        Task running = IngestAsync(buffer, new ChannelSource(_given.Reader), pulse);
        _time.Advance(Hour);
        Assert.False(pulse.Look().HasStalled);
        Give(1);
        await Eventually.HoldsAsync(() => buffer.CountBuffered(Recipient.CareTeam) == 1, "it is stored");
        await Eventually.HoldsAsync(() => IsResting(pulse), "the pipeline rests again");
        Assert.Null(pulse.Look().Excuse);
        await EndAsync(running);
    }

    [Fact]
    public async Task A_full_buffer_is_a_reason_for_as_long_as_it_lasts()
    {
        LoopPulse pulse = _liveness.AddResting("ingest", IngestPipeline.TurnLimit);
        Task running = IngestAsync(new InMemoryReadingBuffer(maxReadings: 1), new ChannelSource(_given.Reader), pulse);
        Give(2);
        await LastsAsync(pulse, "The buffer is full of readings that nobody has receipted.");
        await EndAsync(running);
    }

    [Fact]
    public async Task A_buffer_that_does_not_answer_is_a_stall()
    {
        LoopPulse pulse = _liveness.AddResting("ingest", IngestPipeline.TurnLimit);
        Task running = IngestAsync(DispatchProxy.Create<IReadingBuffer, Deaf>(), new ChannelSource(_given.Reader), pulse);
        Give(1);
        await StallsAsync(pulse);
        Assert.False(running.IsCompleted);
    }

    [Fact]
    public async Task That_no_more_is_held_is_a_reason()
    {
        _clock.IsTimeKnown = false;
        LoopPulse pulse = _liveness.AddResting("holding", HoldingSource.TurnLimit);
        Task running = IngestAsync(new InMemoryReadingBuffer(), Holding(_given.Reader, new InMemoryHeldPayloads { IsFull = true }, pulse), null);
        await LastsAsync(pulse, null);
        Give(1);
        await LastsAsync(pulse, $"No more than {IHeldPayloads.MaxHeld} payloads are held.");
        await EndAsync(running);
    }

    [Fact]
    public async Task A_place_for_what_is_held_that_does_not_answer_is_a_stall()
    {
        _clock.IsTimeKnown = false;
        LoopPulse pulse = _liveness.AddResting("holding", HoldingSource.TurnLimit);
        Task running = IngestAsync(new InMemoryReadingBuffer(), Holding(_given.Reader, DispatchProxy.Create<IHeldPayloads, Deaf>(), pulse), null);
        Give(1);
        await StallsAsync(pulse);
        Assert.False(running.IsCompleted);
    }

    [Fact]
    public async Task What_was_held_waits_for_a_full_buffer_without_a_stall_of_its_own()
    {
        LoopPulse pulse = _liveness.AddResting("ingest", IngestPipeline.TurnLimit), holding = _liveness.AddResting("holding", HoldingSource.TurnLimit);
        var held = new InMemoryHeldPayloads();
        await held.HoldAsync([.. new[] { 1, 2 }.Select(minute => new HeldPayload(Item(minute).Payload!, _clock.BootId, TimeSpan.FromMinutes(minute)))], default);
        Task running = IngestAsync(new InMemoryReadingBuffer(maxReadings: 1), Holding(_given.Reader, held, holding), pulse);
        await LastsAsync(pulse, "The buffer is full of readings that nobody has receipted.");
        Assert.False(holding.Look().HasStalled);
        await EndAsync(running);
    }

    private static SourceItem Item(int minute) => new(
        new DevicePayload(
            "s", SampleReadings.Patient, SampleReadings.Monitor, null,
            new IncomingPayload(0x1810, 0x2A35, new byte[] { 0x00, (byte)(0x70 + minute), 0x00, 0x50, 0x00, 0x5D, 0x00 }, SampleReadings.Start.AddMinutes(minute))),
        null,
        minute);

    private bool IsResting(LoopPulse pulse)
    {
        _time.Advance(TimeSpan.FromMilliseconds(1));
        return pulse.Look().Silent == TimeSpan.Zero;
    }

    private void Give(int count)
    {
        for (int i = 1; i <= count; i++)
        {
            Assert.True(_given.Writer.TryWrite(Item(i)));
        }
    }

    private HoldingSource Holding(ChannelReader<SourceItem> given, IHeldPayloads held, LoopPulse pulse) =>
        new(new ChannelSource(given), held, _clock, () => true, new InMemoryDeviceRegistry(), _time, NullLogger<HoldingSource>.Instance, pulse);

    private Task IngestAsync(IReadingBuffer buffer, IPayloadSource source, LoopPulse? pulse)
    {
        var pipeline = new IngestPipeline(buffer, SampleConsents.Rules(), HubZone.OfReception, _time, _metrics, NullLogger<IngestPipeline>.Instance, null, pulse);
        return Task.Run(() => pipeline.RunAsync(source, _stop.Token), CancellationToken.None);
    }

    /// <summary>An hour goes by, in which the loop has a turn every few seconds.</summary>
    private async Task LastsAsync(LoopPulse pulse, string? excuse)
    {
        await HasTurnAsync(pulse, excuse);
        DateTimeOffset end = _time.GetUtcNow() + Hour;
        while (_time.GetUtcNow() < end)
        {
            _time.Advance(HoldingSource.LookInterval);
            await HasTurnAsync(pulse, excuse);
        }
    }

    private Task HasTurnAsync(LoopPulse pulse, string? excuse) => Eventually.HoldsAsync(
        () =>
        {
            // The loop may not have begun to wait when time went by.
            _time.Advance(TimeSpan.FromMilliseconds(100));
            LoopState state = pulse.Look();
            return state.Silent < HoldingSource.LookInterval && state.Excuse == excuse && !state.HasStalled;
        },
        "it has its turn");

    private Task StallsAsync(LoopPulse pulse) => Eventually.HoldsAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            return pulse.Look().HasStalled;
        },
        "it has stalled");

    private async Task EndAsync(Task running)
    {
        await _stop.CancelAsync();
        await Eventually.HoldsAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return running.IsCompleted;
            },
            "it ends");
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.False(running.IsFaulted, running.Exception?.ToString());
    }

    private sealed class ChannelSource(ChannelReader<SourceItem> items) : IPayloadSource
    {
        public string Name => "channel";

        public async IAsyncEnumerable<SourceItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            await foreach (SourceItem item in items.ReadAllAsync(cancellation))
            {
                yield return item;
            }
        }
    }

    /// <summary>Takes whatever is asked, and never answers.</summary>
    public class Deaf : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.ReturnType switch
        {
            { IsGenericType: true } type when type.GetGenericTypeDefinition() == typeof(Task<>) => NeverOf(type.GenericTypeArguments[0]),
            { } type when type == typeof(Task) => new TaskCompletionSource().Task,
            { IsValueType: true } type when type != typeof(void) => Activator.CreateInstance(type),
            _ => null,
        };

        private static object? NeverOf(Type type) =>
            typeof(Deaf).GetMethod(nameof(Never), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, null);

        private static Task<T> Never<T>() => new TaskCompletionSource<T>().Task;
    }
}
