using System.Text;
using HomeHub.Core.Buffering;
using HomeHub.Core.Delivery;
using HomeHub.Core.Liveness;
using HomeHub.Core.Telemetry;
using HomeHub.Testing;
using HomeHub.Testing.Buffering;
using HomeHub.Testing.Consent;
using HomeHub.Testing.Delivery;
using HomeHub.Testing.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Core.Tests.Delivery;

[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit disposes through IAsyncLifetime.")]
public sealed class DeliveryDriverTests : IAsyncLifetime
{
    private readonly ManualTime _time = new(SampleReadings.Start);
    private readonly UplinkDouble _uplink = new();
    private readonly InMemoryReadingBuffer _buffer = new();
    private readonly InMemoryConsentBook _consents = SampleConsents.Book();
    private readonly HubMetrics _metrics = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<Guid> _handled = [];
    private DeliveryDriver _driver = null!;
    private Task _running = Task.CompletedTask;

    public Task InitializeAsync()
    {
        _driver = new DeliveryDriver(
            Recipient.CareTeam,
            new DeliveryOptions { MaxReadings = 10, MaxInFlightBundles = 3 },
            _buffer,
            new EncoderDouble(),
            _uplink,
            _consents,
            _time,
            _metrics,
            NullLogger<DeliveryDriver>.Instance,
            new DiskWait(_time, NullLogger.Instance));
        _running = Task.Run(() => _driver.RunAsync(_stop.Token));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
        await _uplink.DisposeAsync();
        await _buffer.DisposeAsync();
        _metrics.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task A_reading_waits_a_moment_for_others_and_is_receipted()
    {
        await AppendAsync(1);
        await PublishedAsync(1);
        UplinkDouble.Publication sent = _uplink.Published.First();
        Assert.StartsWith("device ", Encoding.UTF8.GetString(sent.Payload.Bytes.Span), StringComparison.Ordinal);
        Assert.False(_driver.IsDrained);
        _uplink.Commit(sent.Id);
        await Eventually.HoldsAsync(() => _driver.IsDrained, "drained");
        Assert.Equal(1, (await _buffer.CountAsync(default)).Receipted);
    }

    [Fact]
    public async Task A_full_Bundle_does_not_wait_and_what_is_under_way_is_bounded()
    {
        await AppendAsync(100);
        await Eventually.HoldsAsync(() => _uplink.Published.Count >= 3, "three Bundles without time moving");
        BufferCounts counts = await _buffer.CountAsync(default);
        Assert.Equal((70, 30), (counts.Buffered, counts.Sent));
        await AnswerUntilDrainedAsync();
        Assert.Equal(100, (await _buffer.CountAsync(default)).Receipted);
    }

    [Fact]
    public async Task A_Device_that_was_receipted_is_left_out()
    {
        await AppendAsync(1);
        await PublishedAsync(1);
        _uplink.Commit(_uplink.Published.First().Id);
        await Eventually.HoldsAsync(() => _driver.IsDrained, "drained");
        int before = _uplink.Published.Count;
        await AppendAsync(1, first: 2);
        await PublishedAsync(before + 1);
        Assert.StartsWith("reading ", Encoding.UTF8.GetString(_uplink.Published.Last().Payload.Bytes.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unreceipted_for_thirty_seconds_it_is_sent_again_byte_for_byte()
    {
        await AppendAsync(1);
        await PublishedAsync(2);
        UplinkDouble.Publication[] sent = [.. _uplink.Published];
        Assert.Equal(sent[0].Id, sent[1].Id);
        Assert.Equal(sent[0].Payload.Bytes.ToArray(), sent[1].Payload.Bytes.ToArray());
        Assert.True((await _buffer.CountAsync(default)).SentAgain >= 1);
        Assert.True(_time.GetUtcNow() >= SampleReadings.Start.AddSeconds(30));
    }

    /// <summary>Were the time of day asked, nothing would be due for a day, which is 86,400 turns of this test's clock.</summary>
    [Fact]
    public async Task A_clock_that_is_set_back_holds_nothing_up()
    {
        await AppendAsync(1);
        await PublishedAsync(1);
        _time.Step(TimeSpan.FromDays(-1));
        await AppendAsync(1, first: 2);
        await MoveUntilAsync(() => _uplink.Published.DistinctBy(sent => sent.Id).Count() == 2, "the new reading sent");
        await MoveUntilAsync(() => _uplink.Published.GroupBy(sent => sent.Id).All(sent => sent.Count() > 1), "both sent again");
    }

    [Fact]
    public async Task While_the_broker_is_away_nothing_is_sent_and_all_is_when_it_is_back()
    {
        _uplink.Disconnect();
        _driver.Wake();
        await AppendAsync(25);
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Empty(_uplink.Published);
        _uplink.Connect();
        await AnswerUntilDrainedAsync();
        Assert.Equal(25, (await _buffer.CountAsync(default)).Receipted);
    }

    [Fact]
    public async Task A_publication_that_fails_is_repeated()
    {
        _uplink.FailsToPublish = true;
        await AppendAsync(1);
        await MoveUntilAsync(() => _buffer.CountBuffered(Recipient.CareTeam) == 0, "leased");
        _uplink.FailsToPublish = false;
        await PublishedAsync(1);
    }

    [Fact]
    public async Task A_bad_reading_does_not_hold_up_the_others()
    {
        Guid bad = EncoderDouble.EntryOf(_buffer.Hub, SampleReadings.BloodPressure(4));
        await AppendAsync(10);
        await AnswerUntilDrainedAsync(bad);
        BufferCounts counts = await _buffer.CountAsync(default);
        Assert.Equal((9, 1), (counts.Receipted, counts.Rejected));
    }

    private async Task AppendAsync(int count, int first = 1)
    {
        await _buffer.AppendAsync(SampleReadings.Many(first, count), default);
        _driver.Wake();
    }

    private Task PublishedAsync(int count) => MoveUntilAsync(() => _uplink.Published.Count >= count, $"{count} publications");

    private Task MoveUntilAsync(Func<bool> holds, string what) => Eventually.HoldsAsync(
        () =>
        {
            if (holds())
            {
                return true;
            }

            _time.Advance(TimeSpan.FromSeconds(1));
            return false;
        },
        what);

    /// <summary>Plays the relay: commits each Bundle once, and refuses those that hold <paramref name="bad"/>.</summary>
    private Task AnswerUntilDrainedAsync(Guid? bad = null) => MoveUntilAsync(
        () =>
        {
            foreach (UplinkDouble.Publication publication in _uplink.Published.Where(sent => _handled.Add(sent.Id)))
            {
                string text = Encoding.UTF8.GetString(publication.Payload.Bytes.Span);
                if (bad is { } entry && text.Contains($"reading {entry}", StringComparison.Ordinal))
                {
                    _uplink.Refuse(publication.Id, "invalid-entry", new RefusedEntry(entry, "invalid-entry"));
                }
                else
                {
                    _uplink.Commit(publication.Id);
                }
            }

            return _driver.IsDrained;
        },
        "drained");
}
