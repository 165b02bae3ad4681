using System.Globalization;
using HomeHub.Profiles.HeartRate;

namespace HomeHub.Profiles.Tests.HeartRate;

/// <summary>Rate, contact, energy and intervals of the heart rate sensor.</summary>
public class HeartRateTests
{
    private const ushort Uuid = HeartRateProfile.MeasurementUuid;

    [Theory]
    [InlineData("00 FF", "255")]
    [InlineData("01 FF00", "255")]
    [InlineData("01 0001", "256")]
    [InlineData("00 00", "0")]
    public void The_rate_has_8_or_16_bits(string hex, string rate)
    {
        var value = (NumericValue)Assert.Single(Payload.Reading(Uuid, hex).Values);
        Assert.Equal(rate, value.Value.Number.ToString(CultureInfo.InvariantCulture));
        Assert.Equal("/min", value.Unit.Ucum);
        Assert.Equal(UploadRule.Throttled, value.Upload);
    }

    [Theory]
    [InlineData("00 3C", false)]
    [InlineData("02 3C", false)]
    [InlineData("04 3C", true)]
    [InlineData("06 3C", false)]
    public void Lost_contact_is_an_event_and_nothing_else_is(string hex, bool isLost)
    {
        Reading reading = Payload.Reading(Uuid, hex);
        BitsEnumerationValue[] bits = reading.Values.OfType<BitsEnumerationValue>().ToArray();
        Assert.Equal(isLost ? 1 : 0, bits.Length);
        if (isLost)
        {
            Assert.Equal(8_410_584u, bits[0].Code.Code);
            Assert.Equal([new BitState(0, "leadwire-loss", true)], bits[0].Bits);
            Assert.Equal(0, bits[0].DerivedFrom);
            Assert.Equal(UploadRule.Throttled, bits[0].Upload);
        }
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "0.9765625")]
    [InlineData(812, "792.96875")]
    [InlineData(1024, "1000")]
    [InlineData(1536, "1500")]
    [InlineData(65535, "63999.0234375")]
    public void An_interval_is_told_exactly_in_milliseconds(int raw, string milliseconds)
    {
        Reading reading = Payload.Reading(Uuid, $"10 3C {raw & 0xFF:X2}{raw >> 8:X2}");
        var interval = (NumericValue)reading.Values[1];
        Assert.Equal(HeartRateTerms.RrInterval, interval.Code);
        Assert.Equal(milliseconds, interval.Value.Number.ToString(CultureInfo.InvariantCulture));
        Assert.Equal("ms", interval.Unit.Ucum);
        Assert.Equal(UploadRule.Never, interval.Upload);
    }

    [Fact]
    public void Values_stand_in_the_order_rate_contact_energy_intervals()
    {
        Reading reading = Payload.Reading(Uuid, "1C 3C FFFF 0004 0008");
        Assert.Equal(
            [HeartRateTerms.HeartRate, HeartRateTerms.Status, HeartRateTerms.Energy, HeartRateTerms.RrInterval, HeartRateTerms.RrInterval],
            reading.Values.Select(value => value.Code));
        Assert.Equal(65535m, ((NumericValue)reading.Values[2]).Value.Number);
        Assert.Equal([1000m, 2000m], reading.Values.Skip(3).Cast<NumericValue>().Select(value => value.Value.Number));
        Assert.Null(reading.Timestamp);
    }

    [Theory]
    [InlineData("10 3C", "RR-Interval", 2)]
    [InlineData("10 3C 00", "RR-Interval", 2)]
    [InlineData("10 3C 0004 AB", "RR-Interval", 4)]
    [InlineData("08 3C 01", "Energy Expended", 2)]
    [InlineData("01 3C", "Heart Rate Measurement Value", 1)]
    public void A_cut_names_the_field_and_where(string hex, string field, int offset) =>
        Payload.MustBeRejected(Uuid, hex, DecodeErrorCode.Truncated, field, offset);

    [Fact]
    public void The_location_is_kept_for_the_connection()
    {
        Assert.Equal((byte)200, Payload.Decode(HeartRateProfile.LocationUuid, "C8").Context!.BodySensorLocation);
        Payload.MustBeWholeOnlyAsItIs(HeartRateProfile.LocationUuid, "01");
        Payload.MustBeWholeOnlyAsItIs(Uuid, "0D 3C00 0100");
    }
}
