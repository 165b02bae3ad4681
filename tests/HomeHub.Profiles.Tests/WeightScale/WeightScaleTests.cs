using System.Globalization;
using HomeHub.Profiles.WeightScale;

namespace HomeHub.Profiles.Tests.WeightScale;

/// <summary>Decimals, relations and failed measurements of the scale.</summary>
public class WeightScaleTests
{
    private const ushort Uuid = WeightScaleProfile.MeasurementUuid;

    [Theory]
    // 70.000 kg and 70.000 told with the decimals of each step (bits 3 to 6).
    [InlineData(0, "00 B036", "70.000")]
    [InlineData(1, "00 B036", "70.0")]
    [InlineData(2, "00 B036", "70.0")]
    [InlineData(3, "00 B036", "70.0")]
    [InlineData(4, "00 B036", "70.00")]
    [InlineData(5, "00 B036", "70.00")]
    [InlineData(6, "00 B036", "70.00")]
    [InlineData(7, "00 B036", "70.000")]
    [InlineData(8, "00 B036", "70.000")]
    [InlineData(15, "00 B036", "70.000")]
    // 150.00 lb.
    [InlineData(0, "01 983A", "150.00")]
    [InlineData(1, "01 983A", "150")]
    [InlineData(2, "01 983A", "150.0")]
    [InlineData(3, "01 983A", "150.0")]
    [InlineData(4, "01 983A", "150.0")]
    [InlineData(5, "01 983A", "150.00")]
    [InlineData(6, "01 983A", "150.00")]
    [InlineData(7, "01 983A", "150.00")]
    // A digit finer than the feature promises stays.
    [InlineData(1, "00 B136", "70.005")]
    [InlineData(1, "01 993A", "150.01")]
    public void The_feature_gives_the_decimals_of_a_mass(int step, string hex, string weight)
    {
        var value = (NumericValue)Payload.Reading(Uuid, hex, Feature((uint)step << 3)).Values[0];
        Assert.Equal(weight, value.Value.Number.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(0, "08 B036 F500 D606", "175.0", "cm")]
    [InlineData(1, "08 B036 F500 D606", "175", "cm")]
    [InlineData(2, "08 B036 F500 D606", "175.0", "cm")]
    [InlineData(3, "08 B036 F500 D606", "175.0", "cm")]
    [InlineData(7, "08 B036 F500 D606", "175.0", "cm")]
    [InlineData(0, "08 B036 F500 D706", "175.1", "cm")]
    [InlineData(0, "09 983A F500 BC02", "70.0", "[in_i]")]
    [InlineData(1, "09 983A F500 BC02", "70", "[in_i]")]
    public void Height_is_told_in_centimetres_or_inches(int step, string hex, string height, string unit)
    {
        var value = (NumericValue)Payload.Reading(Uuid, hex, Feature((uint)step << 7)).Values[1];
        Assert.Equal(WeightScaleTerms.Height, value.Code);
        Assert.Equal(height, value.Value.Number.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(unit, value.Unit.Ucum);
    }

    [Fact]
    public void The_body_mass_index_belongs_to_weight_and_height()
    {
        Reading reading = Payload.Reading(Uuid, "0E B036 EA07030E072A0A 05 F500 D606");
        Assert.Equal([WeightScaleTerms.Weight, WeightScaleTerms.Height, WeightScaleTerms.BodyMassIndex], reading.Values.Select(v => v.Code));
        Assert.Equal((0, 1), (reading.Values[2].DerivedFrom, reading.Values[2].AlsoDerivedFrom));
        Assert.Equal("24.5", ((NumericValue)reading.Values[2]).Value.Number.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(new PhdTimestamp(2026, 3, 14, 7, 42, 10), reading.Timestamp);
        Assert.Equal((byte)5, reading.UserIndex);
        Assert.Null(reading.Values[0].DerivedFrom);
        Assert.Null(reading.Values[1].DerivedFrom);
    }

    [Fact]
    public void A_failed_measurement_is_invalid_and_stays_here()
    {
        Reading reading = Payload.Reading(Uuid, "00 FFFF");
        Assert.Equal(MeasurementStatus.Invalid, reading.Status);
        var weight = (NumericValue)Assert.Single(reading.Values);
        Assert.Equal(AbsenceReason.Error, weight.Value.Absence);
        Assert.Equal(UploadRule.Never, weight.Upload);
    }

    [Fact]
    public void Every_payload_is_whole_only_as_it_is()
    {
        Payload.MustBeWholeOnlyAsItIs(Uuid, "0E B036 EA07030E072A0A 05 F500 D606");
        Payload.MustBeWholeOnlyAsItIs(WeightScaleProfile.FeatureUuid, "BD010000");
        Payload.MustBeRejected(Uuid, "08 B036 F500", DecodeErrorCode.Truncated, "Height", 5);
        Payload.MustBeRejected(Uuid, "02 B036 EA070D0E072A0A", DecodeErrorCode.FieldOutOfRange, "Time Stamp", 3);
    }

    private static SessionContext Feature(uint feature) =>
        Payload.Decode(WeightScaleProfile.FeatureUuid, Convert.ToHexString(BitConverter.GetBytes(feature))).Context!;
}
