using HomeHub.Core.Acts;
using HomeHub.Core.Buffering;
using HomeHub.Profiles;
using HomeHub.Profiles.Streams;
using Xunit;

namespace HomeHub.Testing.Buffering;

/// <summary>What stays known of readings that have left.</summary>
public abstract partial class ReadingBufferContract
{
    private static readonly DateTimeOffset Later = SampleReadings.Start.AddDays(1);

    [Fact]
    public async Task Of_a_forgotten_device_what_leaves_later_is_no_longer_known_either()
    {
        NewReading kept = SampleReadings.BloodPressure(1).ToKeep(), other = SampleReadings.BloodPressure(2, device: SampleReadings.Device(2)).ToKeep();
        await AppendAsync(kept, other);
        Assert.Equal(0, await Buffer.ForgetDeviceAsync(SampleReadings.Monitor.Address, default));
        await ReopenAsync();
        Assert.Equal(2, await Buffer.PruneAsync(Later, default));
        Assert.Equal(1, (await CountAsync()).Known);
        Assert.Equal([AppendOutcome.Stored, AppendOutcome.Duplicate], await AppendAsync(kept, other));
    }

    [Fact]
    public async Task Once_a_forgotten_device_tells_something_again_what_leaves_stays_known()
    {
        NewReading kept = SampleReadings.BloodPressure(1).ToKeep();
        await AppendAsync(kept);
        await Buffer.ForgetDeviceAsync(SampleReadings.Monitor.Address, default);
        Assert.Equal([AppendOutcome.Duplicate], await AppendAsync(kept));
        await ReopenAsync();
        Assert.Equal(1, await Buffer.PruneAsync(Later, default));
        Assert.Equal([AppendOutcome.Duplicate], await AppendAsync(kept));
    }

    [Fact]
    public async Task A_minute_of_a_stream_which_no_device_tells_again_is_known_while_it_is_here()
    {
        NewReading minute = SampleReadings.Record(
            0x2A37, StreamMinute.Pack([[0x00, 0x48], [0x00, 0x49]], TimeSpan.FromSeconds(59)), SampleReadings.Start, context: new SessionContext { IsMinute = true }).ToKeep();
        Assert.Equal([AppendOutcome.Stored, AppendOutcome.Stored], await AppendAsync(minute, SampleReadings.BloodPressure(1).ToKeep()));
        Assert.Equal([AppendOutcome.Duplicate], await AppendAsync(minute));
        await ReopenAsync();
        Assert.Equal(2, (await CountAsync()).Known);
        Assert.Equal(2, await Buffer.PruneAsync(Later, default));
        Assert.Equal(1, (await CountAsync()).Known);
    }

    [Fact]
    public async Task What_was_discarded_or_taken_back_is_known_for_good()
    {
        NewReading discarded = Nobodys(1), takenBack = SampleReadings.BloodPressure(2).ToSend();
        await AppendAsync(discarded, takenBack);
        await Buffer.ActAsync(Act(ActKind.Discard, 1, null, "guest"), Sends, default);
        await TakeBackAsync(2);
        Assert.Equal(2, await Buffer.PruneAsync(Later, default));
        await ReopenAsync();
        Assert.Null(Buffer.KnownSince);
        Assert.Equal([AppendOutcome.Duplicate, AppendOutcome.Duplicate], await AppendAsync(SampleReadings.BloodPressure(1).ToSend(), takenBack));
    }
}
