using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using HomeHub.Profiles.BloodPressure;
using Xunit;

namespace HomeHub.Testing.Buffering;

/// <summary>An identifier is one reading's for good.</summary>
public abstract partial class ReadingBufferContract
{
    [Fact]
    public async Task The_later_of_two_records_with_one_stamp_goes_without_identifier()
    {
        AcquiredReading first = SampleReadings.BloodPressure(1);
        AcquiredReading second = SampleReadings.BloodPressure(2, systolic: 130, stampedAt: first.ReceivedAt);
        AcquiredReading otherPatient = SampleReadings.BloodPressure(1, SampleReadings.OtherPatient, systolic: 131);
        AcquiredReading otherDevice = SampleReadings.BloodPressure(1, device: SampleReadings.Device(2));
        AcquiredReading otherStamp = SampleReadings.BloodPressure(3);
        AcquiredReading notIdentifying = SampleReadings.BloodPressure(1, systolic: 132, use: StampUse.NotUsable);
        AcquiredReading unstamped = SampleReadings.Unstamped(1);
        AcquiredReading[] all = [first, second, otherPatient, otherDevice, otherStamp, notIdentifying, unstamped];
        await AppendAsync([.. all.Select(reading => reading.ToSend())]);
        var taken = (await HistoryAsync(SampleReadings.Patient)).Concat(await HistoryAsync(SampleReadings.OtherPatient))
            .Where(reading => reading.Record.IdentifierTaken).Select(reading => reading.Record.Identity).ToList();
        Assert.Equal([second.Identity], taken);
        Assert.All((await LeaseAsync()).Where(reading => reading.Record.Identity == second.Identity), reading => Assert.True(reading.Record.IdentifierTaken));
    }

    [Fact]
    public async Task An_identifier_stays_taken_after_pruning_and_restart()
    {
        AcquiredReading first = SampleReadings.BloodPressure(1);
        await AppendAsync(first.ToKeep());
        await Buffer.PruneAsync(DateTimeOffset.MaxValue, CancellationToken.None);
        await ReopenAsync();
        await AppendAsync(SampleReadings.BloodPressure(2, systolic: 130, stampedAt: first.ReceivedAt).ToSend());
        Assert.True((await LeaseAsync())[0].Record.IdentifierTaken);
    }

    [Fact]
    public async Task Other_values_at_the_same_stamp_keep_their_identifier()
    {
        AcquiredReading measurement = SampleReadings.BloodPressure(1);
        AcquiredReading cuff = SampleReadings.Record(
            BloodPressureProfile.CuffPressureUuid, measurement.Octets, measurement.ReceivedAt, use: StampUse.Mapped);
        await AppendAsync(cuff.ToKeep(), measurement.ToSend());
        Assert.All(await HistoryAsync(SampleReadings.Patient), reading => Assert.False(reading.Record.IdentifierTaken));
    }
}
