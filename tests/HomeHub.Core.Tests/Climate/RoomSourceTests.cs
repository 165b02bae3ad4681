using HomeHub.Core.Acquisition;
using HomeHub.Core.Climate;
using HomeHub.Core.Identity;
using HomeHub.Core.Telemetry;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using HomeHub.Testing;
using HomeHub.Testing.Climate;
using HomeHub.Testing.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Core.Tests.Climate;

/// <summary>The room as a source of payloads: every so often, and never while the time is not known.</summary>
public sealed class RoomSourceTests : IDisposable
{
    private readonly ManualTime _time = new(SampleReadings.Start);
    private readonly RoomSensorDouble _sensor = new();
    private readonly RoomSampler _sampler = new(TimeSpan.FromMinutes(15));
    private readonly HubMetrics _metrics = new();
    private bool _isTimeKnown = true;

    [Fact]
    public async Task It_is_asked_at_once_and_then_every_so_often()
    {
        await using IAsyncEnumerator<SourceItem> items = Source.ReadAsync(default).GetAsyncEnumerator();
        Assert.Equal(_time.GetUtcNow(), (await NextAsync(items)).Payload.ReceivedAt);
        DateTimeOffset first = _time.GetUtcNow();
        Assert.Equal(first.AddMinutes(15), (await NextAsync(items)).Payload.ReceivedAt);
        Assert.Equal(2, _sensor.Asked);
    }

    [Fact]
    public async Task While_the_time_is_not_known_it_is_not_asked()
    {
        _isTimeKnown = false;
        await using IAsyncEnumerator<SourceItem> items = Source.ReadAsync(default).GetAsyncEnumerator();
        Task<bool> next = items.MoveNextAsync().AsTask();
        for (int i = 0; i < 500; i++)
        {
            _time.Advance(RoomSource.LookInterval);
            await Task.Yield();
        }

        Assert.Equal((0, false, RoomCondition.Waiting), (_sensor.Asked, next.IsCompleted, _sampler.Now.Condition));
        _isTimeKnown = true;
        while (!next.IsCompleted)
        {
            _time.Advance(RoomSource.LookInterval);
            await Task.Yield();
        }

        Assert.True(await next);
        Assert.Equal(1, _sensor.Asked);
    }

    [Fact]
    public async Task A_sensor_that_comes_later_is_found()
    {
        _sensor.Tells = RoomReadout.Without(RoomCondition.None);
        await using IAsyncEnumerator<SourceItem> items = Source.ReadAsync(default).GetAsyncEnumerator();
        Task<bool> next = items.MoveNextAsync().AsTask();
        while (_sensor.Asked < 3)
        {
            _time.Advance(TimeSpan.FromMinutes(15));
            await Task.Yield();
        }

        Assert.False(next.IsCompleted);
        _sensor.Tells = SampleRoom.Readout();
        while (!next.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMinutes(15));
            await Task.Yield();
        }

        Assert.Equal(PatientReference.Room, items.Current.Payload!.Patient);
    }

    /// <summary>Whoever says whose the payload is, as a capture may: the room is nobody's.</summary>
    [Fact]
    public void A_record_of_the_room_is_never_a_persons()
    {
        DevicePayload payload = _sampler.Take(SampleRoom.Readout(), SampleReadings.Start, TimeSpan.Zero)!;
        var session = new AcquisitionSession(SampleReadings.Patient, payload.Device, new HubZone(TimeZoneInfo.Utc));
        AcquiredReading reading = Assert.Single(session.Accept(payload.Payload).Readings);
        Assert.Equal(PatientReference.Room, reading.Patient);
        Assert.Equal([21.340m, 45.123m], reading.Reading.Values.Cast<NumericValue>().Select(value => value.Value.Number));
        Assert.Equal(new EffectiveTime(SampleReadings.Start, StampUse.None), reading.Effective);
    }

    public void Dispose() => _metrics.Dispose();

    private RoomSource Source => new(_sensor, _sampler, () => _isTimeKnown, _time, _metrics, NullLogger<RoomSource>.Instance);

    private async Task<DevicePayload> NextAsync(IAsyncEnumerator<SourceItem> items)
    {
        Task<bool> next = items.MoveNextAsync().AsTask();
        while (!next.IsCompleted)
        {
            _time.Advance(_time.UntilNext ?? TimeSpan.Zero);
            await Task.Yield();
        }

        Assert.True(await next);
        return items.Current.Payload!;
    }
}
