using HomeHub.Core.Acquisition;
using HomeHub.Core.Acts;
using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.People;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Setup;
using HomeHub.Testing;
using HomeHub.Testing.Audit;
using HomeHub.Testing.Buffering;
using HomeHub.Testing.Consent;
using HomeHub.Testing.Peripherals;
using HomeHub.Testing.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Core.Tests.Setup;

/// <summary>Tests about which nobody decides are thrown away in time, and nothing else is.</summary>
public sealed class TestReadingsTests : IAsyncDisposable
{
    private static readonly DateTimeOffset PairedAt = SampleReadings.Start.AddMinutes(-10);

    private readonly ManualTime _time = new(SampleReadings.Start);
    private readonly InMemoryReadingBuffer _buffer = new();
    private readonly InMemoryDeviceRegistry _devices = new();
    private readonly InMemoryAuditLog _audit = new();
    private readonly ClockDouble _clock = new();
    private readonly TestReadings _tests;

    public TestReadingsTests() =>
        _tests = new TestReadings(_buffer, _devices, new ReadingDesk(_buffer, _audit, () => SampleConsents.Rules(), _time));

    public async ValueTask DisposeAsync()
    {
        await _buffer.DisposeAsync();
        await _devices.DisposeAsync();
        await _audit.DisposeAsync();
    }

    [Fact]
    public async Task What_was_measured_within_the_hour_on_a_device_of_nobody_is_a_test()
    {
        await SetUpAsync();
        await AppendAsync(Nobodys(1), Nobodys(2), Nobodys(45, UnassignedReason.SlotOfNobody), Nobodys(-20), Nobodys(51));
        RegisteredDevice device = (await _devices.ListAsync(default))[0];
        List<(bool IsTest, bool IsSince)> told = [];
        await foreach (UnassignedReading one in _buffer.ReadUnassignedOfAsync(device.Address, default))
        {
            told.Add((TestReadings.IsTest(one, device), TestReadings.IsSinceSetUp(one, device)));
        }

        Assert.Equal([(true, true), (true, true), (false, true), (false, false), (false, true)], told);
        Assert.Equal(2, await _tests.CountAsync(default));
    }

    [Fact]
    public async Task At_the_end_of_the_guide_they_are_discarded_by_the_nurse_and_that_is_noted()
    {
        await SetUpAsync();
        await AppendAsync(Nobodys(1), Nobodys(70), Nobodys(2, device: SampleReadings.Device(9)));
        Assert.Equal(1, await _tests.DiscardAsync(_time.GetUtcNow(), null, "nurse", default));
        AuditNote note = (await _audit.ReadLastAsync(default))!.Note;
        Assert.Equal((AuditActs.ReadingDiscarded, "nurse"), (note.Act, note.Who));
        Assert.Equal("2 3", await UnassignedAsync());
        Assert.Equal(0, await _tests.DiscardAsync(_time.GetUtcNow(), null, "nurse", default));
    }

    [Fact]
    public async Task Those_of_one_device_are_discarded_before_it_is_forgotten()
    {
        await SetUpAsync();
        var other = new RegisteredDevice { Address = SampleReadings.Device(9).Address, Patient = null, PairedAt = PairedAt };
        await _devices.SaveAsync(other, default);
        await AppendAsync(Nobodys(1), Nobodys(2, device: SampleReadings.Device(9)));
        Assert.Equal(1, await _tests.DiscardOfAsync(other, _time.GetUtcNow(), "nurse", default));
        Assert.Equal("1", await UnassignedAsync());
    }

    [Fact]
    public async Task What_somebody_decided_about_stays_as_it_was_decided()
    {
        await SetUpAsync();
        await AppendAsync(Nobodys(1), Nobodys(2));
        await _buffer.ActAsync(new ReadingAct(Guid.NewGuid(), ActKind.Assign, 1, _time.GetUtcNow(), "nurse", null, SampleReadings.Patient), _ => [new NewDelivery(Recipient.CareTeam, DeliveryState.Buffered)], default);
        Assert.Equal(1, await _tests.DiscardAsync(_time.GetUtcNow(), null, "nurse", default));
        Assert.Equal(1, _buffer.CountBuffered(Recipient.CareTeam));
    }

    [Fact]
    public async Task After_a_day_the_hub_discards_them_by_itself_and_not_before()
    {
        await SetUpAsync();
        await AppendAsync(Nobodys(1), Nobodys(70));
        using var ending = new CancellationTokenSource();
        Task running = new TestReadingKeeper(_tests, _clock, _time, NullLogger<TestReadingKeeper>.Instance).RunAsync(ending.Token);
        await AdvanceAsync(TestReadings.DecideTime - TestReadingKeeper.LookInterval);
        Assert.Equal("1 2", await UnassignedAsync());
        await AdvanceAsync(TestReadingKeeper.LookInterval * 2);
        await Eventually.HoldsAsync(async () => await UnassignedAsync() == "2", () => "discarded", Eventually.Deadline, TimeSpan.FromMilliseconds(5));
        AuditNote note = (await _audit.ReadLastAsync(default))!.Note;
        Assert.Equal((AuditActs.ReadingDiscarded, TestReadings.HubWho), (note.Act, note.Who));
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_clock_that_is_not_known_makes_nothing_old()
    {
        await SetUpAsync();
        await AppendAsync(Nobodys(1));
        _clock.IsTimeKnown = false;
        using var ending = new CancellationTokenSource();
        Task running = new TestReadingKeeper(_tests, _clock, _time, NullLogger<TestReadingKeeper>.Instance).RunAsync(ending.Token);
        await AdvanceAsync(TestReadings.DecideTime * 2);
        Assert.Equal("1", await UnassignedAsync());
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private static AcquiredReading Nobodys(int minute, UnassignedReason reason = UnassignedReason.DeviceOfNobody, DeviceDescriptor? device = null) =>
        SampleReadings.BloodPressure(minute, device: device) with { Patient = PatientReference.Nobody, Unassigned = reason };

    private Task SetUpAsync() => _devices.SaveAsync(new RegisteredDevice { Address = SampleReadings.Monitor.Address, Patient = null, PairedAt = PairedAt }, default);

    private Task AppendAsync(params AcquiredReading[] readings) =>
        _buffer.AppendAsync([.. readings.Select(reading => new NewReading(reading, [new NewDelivery(Recipient.CareTeam, DeliveryState.Unassigned)]))], default);

    private async Task<string> UnassignedAsync()
    {
        List<long> found = [];
        await foreach (UnassignedReading one in _buffer.ReadUnassignedAsync(default))
        {
            found.Add(one.Reading.Id);
        }

        return string.Join(' ', found);
    }

    private async Task AdvanceAsync(TimeSpan by)
    {
        for (TimeSpan moved = TimeSpan.Zero; moved < by; moved += TestReadingKeeper.LookInterval)
        {
            await Eventually.HoldsAsync(() => _time.UntilNext is not null, "the keeper waits");
            _time.Advance(TestReadingKeeper.LookInterval);
        }
    }
}
