using HomeHub.Core.Acquisition;
using HomeHub.Core.Climate;
using HomeHub.Core.Identity;
using HomeHub.Core.ManualEntries;
using HomeHub.Profiles.RoomClimate;
using HomeHub.Testing;
using HomeHub.Testing.Climate;

namespace HomeHub.Core.Tests.Climate;

/// <summary>When the room's sensor is asked, and what becomes of what it says.</summary>
public class RoomSamplerTests
{
    private static readonly TimeSpan Now = TimeSpan.FromHours(3);
    private readonly RoomSampler _sampler = new(TimeSpan.FromMinutes(15));

    [Fact]
    public void A_value_is_a_payload_of_the_room_as_the_sensor_said_it_at_that_moment()
    {
        Assert.Equal(TimeSpan.Zero, _sampler.Wait(Now));
        DevicePayload payload = _sampler.Take(SampleRoom.Readout(), SampleReadings.Start, Now)!;
        Assert.Equal((PatientReference.Room, RoomDevice.Of("bme280"), SampleReadings.Start), (payload.Patient, payload.Device, payload.Payload.ReceivedAt));
        Assert.False(payload.Device.HasStableAddress);
        Assert.Equal((RoomClimateProfile.Service, RoomClimateProfile.RecordUuid), (payload.Payload.Service, payload.Payload.Characteristic));
        Assert.Equal(RoomClimateRecord.Write(SampleRoom.Readout().Numbers), payload.Payload.Octets.ToArray());
        Assert.Equal(new RoomNow(RoomCondition.Ready, 21.340m, 45.123m, SampleReadings.Start), _sampler.Now);
        Assert.Equal(TimeSpan.FromMinutes(15), _sampler.Wait(Now));
        Assert.Equal(TimeSpan.FromMinutes(5), _sampler.Wait(Now + TimeSpan.FromMinutes(10)));
        Assert.Equal(TimeSpan.Zero, _sampler.Wait(Now + TimeSpan.FromMinutes(16)));
    }

    [Theory]
    [InlineData("85001", "45123")]
    [InlineData("-40001", "45123")]
    [InlineData("21340", "100001")]
    [InlineData("21340", "-1")]
    [InlineData("21340", "n/a")]
    [InlineData("", "45123")]
    public void What_can_not_be_is_no_value_and_is_counted(string celsius, string percent)
    {
        Assert.NotNull(_sampler.Take(SampleRoom.Readout(), SampleReadings.Start, Now));
        Assert.Null(_sampler.Take(SampleRoom.Readout(celsius, percent), SampleReadings.Start.AddMinutes(15), Now));
        Assert.Equal(new RoomNow(RoomCondition.NotCredible, 21.340m, 45.123m, SampleReadings.Start, 1), _sampler.Now);
        Assert.Equal(RoomSampler.RetryAfter, _sampler.Wait(Now));
    }

    [Fact]
    public void A_sensor_that_can_not_be_read_is_asked_again_soon_and_one_that_is_not_there_at_the_next_turn()
    {
        Assert.Null(_sampler.Take(RoomReadout.Without(RoomCondition.Failed, "bme280"), SampleReadings.Start, Now));
        Assert.Equal((RoomSampler.RetryAfter, 1L), (_sampler.Wait(Now), _sampler.Now.Faults));
        foreach (RoomCondition why in new[] { RoomCondition.None, RoomCondition.Several, RoomCondition.NotThere })
        {
            Assert.Null(_sampler.Take(RoomReadout.Without(why), SampleReadings.Start, Now));
            Assert.Equal((TimeSpan.FromMinutes(15), new RoomNow(why, Faults: 1)), (_sampler.Wait(Now), _sampler.Now));
        }

        var often = new RoomSampler(RoomSampler.Shortest);
        often.Take(RoomReadout.Without(RoomCondition.Failed), SampleReadings.Start, Now);
        Assert.Equal(RoomSampler.Shortest, often.Wait(Now));
    }

    [Fact]
    public void Another_kind_of_sensor_is_another_device_and_none_is_what_is_entered_by_hand()
    {
        Assert.NotEqual(RoomDevice.Of("bme280").Address, RoomDevice.Of("si7020").Address);
        Assert.Equal(RoomDevice.Of("bme280"), RoomDevice.Of("bme280"));
        Assert.NotEqual(ManualEntryDevice.Address, RoomDevice.Of("").Address);
    }

    [Fact]
    public void Intervals_are_a_minute_to_a_day()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RoomSampler(TimeSpan.FromSeconds(59)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RoomSampler(TimeSpan.FromHours(25)));
    }
}
