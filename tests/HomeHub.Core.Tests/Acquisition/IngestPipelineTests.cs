using System.Reflection;
using System.Runtime.CompilerServices;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Capture;
using HomeHub.Core.Delivery;
using HomeHub.Core.Identity;
using HomeHub.Core.Telemetry;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using HomeHub.Testing;
using HomeHub.Testing.Buffering;
using HomeHub.Testing.Consent;
using HomeHub.Testing.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Core.Tests.Acquisition;

public sealed class IngestPipelineTests : IDisposable
{
    private readonly HubMetrics _metrics = new();
    private readonly ManualTime _time = new(SampleReadings.Start);

    [Fact]
    public async Task Every_payload_is_taken_known_quarantined_or_counted_as_unreadable()
    {
        var buffer = new InMemoryReadingBuffer();
        SourceItem[] items =
        [
            Item("1E80005300FF07EA07030E072A0A4700010000"), Item("1E80005300FF07EA07030E072A0A4700010000"), Item("1E8000"), Item("00FF07FF07FF07"),
            new SourceItem(null, new CaptureError(DecodeErrorCode.NotJson, "", ""), 5),
        ];
        IngestTotals totals = await Pipeline(buffer).RunAsync(new ListSource(items), default);
        Assert.Equal(new IngestTotals(Payloads: 5, Stored: 2, Local: 1, Duplicates: 1, Quarantined: 1, BadLines: 1), totals);
        BufferCounts counts = await buffer.CountAsync(default);
        Assert.Equal((1, 1, 1), (counts.Buffered, counts.Local, counts.Quarantined));
    }

    [Theory]
    [InlineData(CaptureOperation.Written)]
    [InlineData(CaptureOperation.Answered)]
    public async Task What_the_hub_wrote_and_a_control_point_answered_is_neither_taken_nor_quarantined(CaptureOperation operation)
    {
        var buffer = new InMemoryReadingBuffer();
        SourceItem item = Item("008000530068", 0x1810, 0x2A52);
        SourceItem[] items = [item with { Payload = item.Payload! with { Operation = operation } }, Item("00800053006800")];
        Assert.Equal(new IngestTotals(Payloads: 2, Stored: 1, Local: 0, Duplicates: 0, Quarantined: 0, BadLines: 0), await Pipeline(buffer).RunAsync(new ListSource(items), default));
    }

    [Fact]
    public async Task Run_twice_it_adds_nothing()
    {
        var buffer = new InMemoryReadingBuffer();
        SourceItem[] items = [Item("00800053006800"), Item("00810053006800"), Item("008100")];
        await Pipeline(buffer).RunAsync(new ListSource(items), default);
        IngestTotals again = await Pipeline(buffer).RunAsync(new ListSource(items), default);
        Assert.Equal((0, 2, 0), (again.Stored, again.Duplicates, again.Quarantined));
    }

    [Fact]
    public async Task Payloads_of_one_session_share_what_it_told()
    {
        var buffer = new InMemoryReadingBuffer();
        SourceItem[] items = [Item("130700EA07030E070A00050078B011", 0x1808, 0x2A18, "s"), Item("02070002", 0x1808, 0x2A34, "s")];
        await Pipeline(buffer).RunAsync(new ListSource(items), default);
        IReadOnlyList<BufferedReading> readings = await buffer.LeaseAsync(Recipient.CareTeam, 10, SampleReadings.Start, default);
        Assert.Equal(readings[0].Record.Identity, readings[1].Record.Measurement);
    }

    [Fact]
    public async Task Before_a_source_is_waited_for_what_it_gave_is_safe()
    {
        var buffer = new InMemoryReadingBuffer();
        var source = new PausingSource(Item("00800053006800"), Item("00810053006800"));
        Task<IngestTotals> running = Pipeline(buffer).RunAsync(source, default);
        await Eventually.HoldsAsync(() => buffer.CountBuffered(Recipient.CareTeam) == 1, "the first is stored while the second is waited for");
        source.Continue.SetResult();
        Assert.Equal(2, (await running).Stored);
    }

    [Fact]
    public async Task A_source_is_told_when_what_it_gave_is_safe_and_not_before()
    {
        var buffer = new InMemoryReadingBuffer(maxReadings: 1);
        List<string> told = [];
        SourceItem[] items =
        [
            Item("00800053006800") with { Committed = () => told.Add($"first, {buffer.CountBuffered(Recipient.CareTeam)} stored") },
            Item("008100") with { Committed = () => told.Add("not understood") },
        ];
        await Pipeline(buffer).RunAsync(new ListSource(items), default);
        Assert.Equal(["first, 1 stored", "not understood"], told);

        SourceItem held = Item("00820053006800") with { Committed = () => told.Add("held") };
        using var stop = new CancellationTokenSource();
        Task running = Pipeline(buffer).RunAsync(new ListSource([held]), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.DoesNotContain("held", told);
    }

    [Fact]
    public async Task A_full_buffer_holds_the_source_back_until_there_is_room()
    {
        var buffer = new InMemoryReadingBuffer(maxReadings: 1);
        var source = new PausingSource(Item("00800053006800"), Item("00810053006800"));
        Task<IngestTotals> running = Pipeline(buffer).RunAsync(source, default);
        await Eventually.HoldsAsync(() => buffer.CountBuffered(Recipient.CareTeam) == 1, "one is stored");
        source.Continue.SetResult();
        IReadOnlyList<BufferedReading> sent = await buffer.LeaseAsync(Recipient.CareTeam, 1, SampleReadings.Start, default);
        await buffer.SettleAsync(Recipient.CareTeam, [sent[0].Id], [], SampleReadings.Start, default);
        await Eventually.HoldsAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return running.IsCompleted;
            },
            "the other is taken");
        Assert.Equal(2, (await running).Stored);
    }

    [Fact]
    public async Task Cancelled_it_stores_what_the_source_gives_until_it_ends()
    {
        var buffer = new InMemoryReadingBuffer();
        using var stop = new CancellationTokenSource();
        var source = new FarewellSource(Item("00800053006800"), Item("00810053006800"));
        Task<IngestTotals> running = Pipeline(buffer).RunAsync(source, stop.Token);
        await Eventually.HoldsAsync(() => buffer.CountBuffered(Recipient.CareTeam) == 1, "the first is stored");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(2, buffer.CountBuffered(Recipient.CareTeam));
    }

    [Fact]
    public async Task A_buffer_that_fails_is_told_also_while_the_source_is_waited_for()
    {
        IReadingBuffer buffer = DispatchProxy.Create<IReadingBuffer, FailingBuffer>();
        List<string> told = [];
        SourceItem first = Item("00800053006800") with { Committed = () => told.Add("first") };
        var source = new PausingSource(first, Item("00810053006800"));
        BufferException error = await Assert.ThrowsAsync<BufferException>(() => Pipeline(buffer).RunAsync(source, default).WaitAsync(Eventually.Deadline));
        Assert.Equal(BufferFault.Failed, error.Fault);
        Assert.Empty(told);
    }

    public void Dispose() => _metrics.Dispose();

    private IngestPipeline Pipeline(IReadingBuffer buffer) => new(
        buffer, SampleConsents.Rules(), HubZone.OfReception, _time, _metrics, NullLogger<IngestPipeline>.Instance);

    private static SourceItem Item(string hex, ushort service = 0x1810, ushort characteristic = 0x2A35, string? session = null) => new(
        new DevicePayload(
            session,
            new PatientReference("Patient/p1"),
            new DeviceDescriptor { Address = "C0:FF:EE:00:00:01" },
            null,
            new IncomingPayload(service, characteristic, Convert.FromHexString(hex), SampleReadings.Start)),
        null,
        1);

    private sealed class ListSource(SourceItem[] items) : IPayloadSource
    {
        public string Name => "list";

        public async IAsyncEnumerable<SourceItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            await Task.CompletedTask;
            foreach (SourceItem item in items)
            {
                yield return item;
            }
        }
    }

    private sealed class PausingSource(SourceItem first, SourceItem second) : IPayloadSource
    {
        public TaskCompletionSource Continue { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => "pausing";

        public async IAsyncEnumerable<SourceItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            yield return first;
            await Continue.Task.WaitAsync(cancellation);
            yield return second;
        }
    }

    /// <summary>A buffer on a disk that gives errors.</summary>
    public class FailingBuffer : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new BufferException(BufferFault.Failed, "an error of the disk");
    }

    /// <summary>Has something left to give when it is cancelled.</summary>
    private sealed class FarewellSource(SourceItem first, SourceItem last) : IPayloadSource
    {
        public string Name => "farewell";

        public async IAsyncEnumerable<SourceItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            yield return first;
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            yield return last;
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
