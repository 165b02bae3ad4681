using HomeHub.Profiles.CurrentTime;

namespace HomeHub.Profiles.Tests.CurrentTime;

/// <summary>Clocks of devices.</summary>
public class CurrentTimeTests
{
    [Fact]
    public void Both_clocks_are_told_without_an_offset()
    {
        var expected = new PhdTimestamp(2026, 5, 12, 18, 53, 43);
        Assert.Equal(expected, Payload.Decode(CurrentTimeProfile.CurrentTimeUuid, "EA07050C12352B 02 11 01").Clock);
        Assert.Equal(expected, Payload.Decode(CurrentTimeProfile.DateTimeUuid, "EA07050C12352B").Clock);
    }

    [Fact]
    public void An_unknown_date_is_told_as_zeros()
    {
        PhdTimestamp clock = Payload.Decode(CurrentTimeProfile.DateTimeUuid, "00000000121A20").Clock!.Value;
        Assert.True(clock.IsUnknown);
        Assert.Equal(new PhdTimestamp(0, 0, 0, 18, 26, 32), clock);
    }

    [Fact]
    public void A_day_of_week_after_Sunday_is_rejected() =>
        Payload.MustBeRejected(
            CurrentTimeProfile.CurrentTimeUuid, "EA07050C12352B 08 00 00", DecodeErrorCode.FieldOutOfRange, "Day of Week", 7);

    [Fact]
    public void Every_zone_and_daylight_is_allowed_or_reserved()
    {
        for (int zone = sbyte.MinValue; zone <= sbyte.MaxValue; zone++)
        {
            bool allowed = zone is -128 or (>= -48 and <= 56);
            DecodeResult result = ProfileRegistry.Decode(CurrentTimeProfile.LocalTimeUuid, [(byte)zone, 0], SessionContext.Empty);
            Assert.Equal(allowed ? null : "Time Zone", result.Error?.Field);
        }

        for (int daylight = 0; daylight <= byte.MaxValue; daylight++)
        {
            bool allowed = daylight is 0 or 2 or 4 or 8 or 255;
            DecodeResult result = ProfileRegistry.Decode(CurrentTimeProfile.LocalTimeUuid, [0, (byte)daylight], SessionContext.Empty);
            Assert.Equal(allowed ? null : "DST Offset", result.Error?.Field);
        }
    }

    [Fact]
    public void Every_payload_is_whole_only_as_it_is()
    {
        Payload.MustBeWholeOnlyAsItIs(CurrentTimeProfile.CurrentTimeUuid, "EA07050C12352B 02 11 01");
        Payload.MustBeWholeOnlyAsItIs(CurrentTimeProfile.DateTimeUuid, "EA07050C12352B");
        Payload.MustBeWholeOnlyAsItIs(CurrentTimeProfile.LocalTimeUuid, "0404");
    }
}
