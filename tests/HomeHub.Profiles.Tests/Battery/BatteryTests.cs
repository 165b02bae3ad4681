using HomeHub.Profiles.Battery;

namespace HomeHub.Profiles.Tests.Battery;

/// <summary>Every octet that a battery level can be.</summary>
public class BatteryTests
{
    [Fact]
    public void Up_to_100_per_cent_is_a_level_and_above_is_reserved()
    {
        for (int level = 0; level <= 255; level++)
        {
            DecodeResult result = ProfileRegistry.Decode(BatteryProfile.LevelUuid, [(byte)level], SessionContext.Empty);
            if (level <= 100)
            {
                Assert.Equal(level, ((NumericValue)result.Readings[0].Values[0]).Value.Number);
            }
            else
            {
                Assert.Equal(new DecodeError(DecodeErrorCode.FieldOutOfRange, BatteryProfile.LevelUuid, "Battery Level", 0), result.Error);
            }
        }
    }

    [Fact]
    public void The_payload_is_whole_only_as_it_is() => Payload.MustBeWholeOnlyAsItIs(BatteryProfile.LevelUuid, "32");
}
