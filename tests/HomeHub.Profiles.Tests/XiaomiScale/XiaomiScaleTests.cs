namespace HomeHub.Profiles.Tests.XiaomiScale;

/// <summary>Cases around captured advertisements; a changed octet is named where it stands.</summary>
public class XiaomiScaleTests
{
    private const ushort Weight = 0x181D, Composition = 0x181B;

    /// <summary>From a capture (ADV-181D-03).</summary>
    private const string Result = "22 9E43 E507040B101301";

    [Fact]
    public void A_result_is_told_with_the_decimals_of_its_field()
    {
        Reading reading = Payload.Reading(Weight, Result);
        var weight = Assert.IsType<NumericValue>(Assert.Single(reading.Values));
        Assert.Equal("86.550", weight.Value.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(new PhdTimestamp(2021, 4, 11, 16, 19, 1), reading.Timestamp);
        Assert.Equal(UploadRule.Always, weight.Upload);
    }

    [Theory]
    [InlineData("02 9E43 E507040B101301")]
    [InlineData("A2 9E43 E507040B101301")]
    [InlineData("82 9E43 E507040B101301")]
    public void What_still_moves_or_was_left_is_no_reading(string hex)
    {
        DecodeResult result = Payload.Decode(Weight, hex);
        Assert.Null(result.Error);
        Assert.Empty(result.Readings);
    }

    [Theory]
    [InlineData(Weight, "32 9E43 E507040B101301", 0)]
    [InlineData(Composition, "02 66 E607020E10293A F701 9A38", 1)]
    public void A_result_in_jin_is_kept_and_not_told(int service, string hex, int offset) =>
        Payload.MustBeRejected((ushort)service, hex, DecodeErrorCode.FieldOutOfRange, "Unit", offset);

    [Fact]
    public void A_scale_that_shows_jin_is_not_reported_while_it_still_moves() => Assert.Null(Payload.Decode(Weight, "12 9E43 E507040B101301").Error);

    [Fact]
    public void A_result_needs_a_date_that_can_be_one()
    {
        Payload.MustBeRejected(Weight, "22 9E43 E5070D0B101301", DecodeErrorCode.FieldOutOfRange, "Time Stamp", 3);
        Assert.Null(Payload.Decode(Weight, "02 9E43 FFFFFFFFFFFFFF").Error);
        Assert.Null(Payload.Reading(Weight, "22 9E43 00000000000000").Timestamp);
    }

    [Theory]
    [InlineData("0000")]
    [InlineData("B80B")]
    [InlineData("FFFF")]
    public void An_impedance_that_failed_is_absent_and_the_weight_is_told(string impedance)
    {
        Reading reading = Payload.Reading(Composition, $"02 26 B20705040F0201 {impedance} 8642");
        var failed = Assert.IsType<NumericValue>(reading.Values[1]);
        Assert.Equal((AbsenceReason.Error, UploadRule.Never), (failed.Value.Absence, failed.Upload));
        Assert.Equal(85.15m, Assert.IsType<NumericValue>(reading.Values[0]).Value.Number);
    }

    [Fact]
    public void Without_its_flag_an_impedance_is_not_told() => Assert.Single(Payload.Reading(Composition, "02 24 B20705040F0201 AC01 8642").Values);

    [Theory]
    [InlineData(Weight, Result)]
    [InlineData(Weight, "02 9E43 E507040B101301")]
    [InlineData(Composition, "02 26 B20705040F0201 AC01 8642")]
    [InlineData(Composition, "02 04 B207010112101A 0000 A852")]
    public void Is_whole_only_as_it_is(int service, string hex) => Payload.MustBeWholeOnlyAsItIs((ushort)service, hex);
}
