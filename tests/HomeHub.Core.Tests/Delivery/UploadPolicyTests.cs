using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Delivery;
using HomeHub.Testing;

namespace HomeHub.Core.Tests.Delivery;

public sealed class UploadPolicyTests
{
    private readonly UploadPolicy _policy = new(new UploadOptions());

    [Fact]
    public void A_measurement_is_sent() => Assert.Equal(DeliveryState.Buffered, _policy.Decide(SampleReadings.BloodPressure(1)));

    [Fact]
    public void A_blood_pressure_of_three_NaNs_stays_but_its_status_goes()
    {
        Assert.Equal(DeliveryState.Local, Decide(0x2A35, "00FF07FF07FF07"));
        Assert.Equal(DeliveryState.Buffered, Decide(0x2A35, "10FF07FF07FF070400"));
        Assert.Equal(DeliveryState.Buffered, Decide(0x2A35, "007800FF07FF07"));
    }

    [Fact]
    public void Intermediate_values_stay() => Assert.Equal(DeliveryState.Local, Decide(0x2A36, "00D7F000000000"));

    [Fact]
    public void A_record_without_values_stays() => Assert.Equal(DeliveryState.Local, Decide(0x2A18, "000100E90705150A1E2D"));

    [Fact]
    public void Of_a_stream_one_in_each_interval_is_sent()
    {
        Assert.Equal(
            [DeliveryState.Buffered, DeliveryState.Local, DeliveryState.Local, DeliveryState.Buffered, DeliveryState.Local],
            new[] { 0.0, 1, 59.9, 60, 119 }.Select(second => Decide(0x2A5F, "0062004E00", second)));
        Assert.Equal(DeliveryState.Buffered, _policy.Decide(SampleReadings.Record(
            0x2A5F, Convert.FromHexString("0062004E00"), SampleReadings.Start.AddSeconds(61), device: SampleReadings.Device(2))));
    }

    [Fact]
    public void Each_minute_of_a_stream_is_sent_though_they_follow_each_other_a_little_sooner()
    {
        byte[] minute = HomeHub.Profiles.Streams.StreamMinute.Pack([[0, 0x62, 0, 0x4E, 0]], default);
        var context = new HomeHub.Profiles.SessionContext { IsMinute = true };
        Assert.Equal(
            [DeliveryState.Buffered, DeliveryState.Buffered, DeliveryState.Local, DeliveryState.Buffered],
            new[] { 0.0, 59.2, 70, 118.7 }.Select(second => _policy.Decide(SampleReadings.Record(
                0x2A5F, minute, SampleReadings.Start.AddSeconds(second), context: context))));
    }

    [Fact]
    public void A_hub_clock_that_went_back_does_not_hold_a_stream_back()
    {
        Decide(0x2A5F, "0062004E00");
        Assert.Equal(DeliveryState.Buffered, Decide(0x2A5F, "0062004E00", -86_400));
    }

    [Theory]
    [InlineData(0x2A36, "00D7F000000000", "intermediate")]
    [InlineData(0x2A1E, "006C0100FF", "intermediate")]
    [InlineData(0x2A9D, "00FFFF", "invalid")]
    [InlineData(0x2A5E, "02610060000080", "invalid")]
    [InlineData(0x2A5E, "02610060000008", "test")]
    public void What_is_held_back_goes_when_the_operator_says_so(int characteristic, string hex, string which)
    {
        AcquiredReading reading = SampleReadings.Record((ushort)characteristic, Convert.FromHexString(hex), SampleReadings.Start);
        var options = new UploadOptions
        {
            SendIntermediate = which == "intermediate", SendInvalid = which == "invalid", SendTestData = which == "test",
        };
        Assert.Equal(DeliveryState.Local, new UploadPolicy(new UploadOptions()).Decide(reading));
        Assert.Equal(which == "none" ? DeliveryState.Local : DeliveryState.Buffered, new UploadPolicy(options).Decide(reading));
    }

    private DeliveryState Decide(ushort characteristic, string hex, double second = 0) =>
        _policy.Decide(SampleReadings.Record(characteristic, Convert.FromHexString(hex), SampleReadings.Start.AddSeconds(second)));
}
