using HomeHub.Profiles.Streams;

namespace HomeHub.Profiles.Tests.Streams;

/// <summary>Notifications by hand from the Heart Rate Service 1.0, Pulse Oximeter Service 1.0.1 and Health Thermometer Service 1.0.</summary>
public sealed class StreamMinuteTests
{
    private static readonly SessionContext Minute = new() { IsMinute = true };
    private static readonly TimeSpan Lasted = TimeSpan.FromSeconds(58);

    [Theory]
    [InlineData(0x2A37, true)]
    [InlineData(0x2A5F, true)]
    [InlineData(0x2A1E, true)]
    [InlineData(0x2A36, false)]
    [InlineData(0x2A35, false)]
    [InlineData(0x2A5E, false)]
    public void Which_characteristics_are_kept_by_the_minute(int characteristic, bool isStream) =>
        Assert.Equal(isStream, StreamMinute.IsStream((ushort)characteristic));

    [Fact]
    public void Heart_rates_become_their_mean_with_the_lowest_and_the_highest()
    {
        var rate = Assert.IsType<NumericValue>(Assert.Single(Decode(0x2A37, "0048", "0049", "0052").Values));
        Assert.Equal((147842u, 76m), (rate.Code.Code, rate.Value.Number));
        Assert.Equal(new NumericRange(72, 82), rate.Range);
        Assert.Equal(Lasted, rate.Duration);
        Assert.Equal(UploadRule.Throttled, rate.Upload);
    }

    [Theory]
    [InlineData("73", "0048", "0049")]
    [InlineData("72", "0048", "0048", "0049")]
    [InlineData("72", "0048")]
    public void A_mean_has_the_decimals_of_the_device_rounded_half_away_from_zero(string mean, params string[] rates) =>
        Assert.Equal(mean, Text(Decode(0x2A37, rates), 0));

    [Theory]
    [InlineData("97.5", "00CEF34800", "00D0F34800")]
    [InlineData("97.0", "00CAF34800", "00CAF34800")]
    [InlineData("97.0", "0061004800", "00CAF34800")]
    public void A_mean_keeps_trailing_zeros(string mean, string one, string other) => Assert.Equal(mean, Text(Decode(0x2A5F, one, other), 0));

    [Fact]
    public void One_notification_alone_is_a_point_in_time_and_no_mean()
    {
        var rate = (NumericValue)Decode(0x2A37, "0048").Values[0];
        Assert.Null(rate.Range);
        Assert.Null(rate.Duration);
    }

    [Fact]
    public void Special_values_do_not_enter_the_mean()
    {
        Reading reading = Decode(0x2A5F, "00610048 00", "00FF074A 00", "0063004C 00");
        Assert.Equal(["98", "74"], [Text(reading, 0), Text(reading, 1)]);
        Assert.Equal(new NumericRange(97, 99), ((NumericValue)reading.Values[0]).Range);
    }

    [Fact]
    public void A_minute_of_nothing_but_special_values_has_the_reason_that_was_given_most_often()
    {
        Reading reading = Decode(0x2A5F, "00FE07FF07", "00FF07FF07", "00FF07FF07");
        Assert.All(reading.Values, value => Assert.Equal(AbsenceReason.NotANumber, ((NumericValue)value).Value.Absence));
        Assert.Equal(2, reading.Values.Length);
        Assert.Null(((NumericValue)reading.Values[0]).Range);
    }

    [Fact]
    public void Averagings_are_kept_apart()
    {
        Reading reading = Decode(0x2A5F, "01610048005F004600", "0063004C00");
        Assert.Equal(["98", "74", "95", "70"], Enumerable.Range(0, 4).Select(i => Text(reading, i)));
        Assert.NotEmpty(((NumericValue)reading.Values[2]).SupplementalTypes);
    }

    [Fact]
    public void Energy_is_a_total_and_RR_intervals_stay_in_the_octets()
    {
        Reading reading = Decode(0x2A37, "184801002C03", "184A05002C03");
        Assert.Equal(2, reading.Values.Length);
        Assert.Equal(["73", "5"], [Text(reading, 0), Text(reading, 1)]);
        Assert.Null(((NumericValue)reading.Values[1]).Range);
    }

    [Fact]
    public void Bits_that_were_set_once_are_reported_and_belong_to_their_value()
    {
        Reading reading = Decode(0x2A37, "0648", "0448", "0648");
        var contact = Assert.IsType<BitsEnumerationValue>(reading.Values[1]);
        Assert.Equal([new BitState(0, "leadwire-loss", true)], contact.Bits);
        Assert.Equal(0, contact.DerivedFrom);
    }

    [Theory]
    [InlineData(0x0000, 0x4000, MeasurementStatus.Questionable)]
    [InlineData(0x0000, 0x8000, MeasurementStatus.None)]
    [InlineData(0x8000, 0x8000, MeasurementStatus.Invalid)]
    [InlineData(0x2000, 0x2000, MeasurementStatus.NotAvailable)]
    [InlineData(0x8000, 0x2000, MeasurementStatus.Invalid)]
    [InlineData(0x0080, 0x0000, MeasurementStatus.None)]
    [InlineData(0x0080, 0x0080, MeasurementStatus.Validated)]
    [InlineData(0x0400, 0x0000, MeasurementStatus.TestData)]
    public void What_the_device_says_of_its_values_counts_for_the_minute(int one, int other, MeasurementStatus expected)
    {
        Reading reading = Decode(0x2A5F, Plx(one), Plx(other));
        Assert.Equal(expected, reading.Status);
        bool isKept = (expected & (MeasurementStatus.Invalid | MeasurementStatus.NotAvailable | MeasurementStatus.TestData)) != 0;
        Assert.All(reading.Values, value => Assert.Equal(isKept ? UploadRule.Never : UploadRule.Throttled, value.Upload));
    }

    [Fact]
    public void Invalid_values_do_not_enter_the_mean() => Assert.Equal("97", Text(Decode(0x2A5F, Plx(0), "0463004C000080"), 0));

    [Fact]
    public void An_intermediate_temperature_keeps_its_stamp_and_stays()
    {
        Reading reading = Decode(0x2A1E, "026C0100FFEA07030E072A0A", "02700100FFEA07030E072B0A");
        Assert.Equal(new PhdTimestamp(2026, 3, 14, 7, 42, 10), reading.Timestamp);
        Assert.Equal("36.6", Text(reading, 0));
        Assert.Equal(UploadRule.Never, reading.Values[0].Upload);
        Assert.Equal(MeasurementStatus.EarlyEstimate, reading.Status);
    }

    [Fact]
    public void Another_unit_within_the_minute_is_another_value() => Assert.Equal(2, Decode(0x2A1E, "006C0100FF", "01DB0300FF").Values.Length);

    [Theory]
    [InlineData("", DecodeErrorCode.Truncated, "Format", 0)]
    [InlineData("02", DecodeErrorCode.FieldOutOfRange, "Format", 0)]
    [InlineData("01000000", DecodeErrorCode.Truncated, "Duration", 1)]
    [InlineData("0100000000", DecodeErrorCode.Truncated, "Length", 5)]
    [InlineData("0100000000" + "03" + "0048", DecodeErrorCode.Truncated, "Notification", 6)]
    [InlineData("0100000000" + "020048" + "0100", DecodeErrorCode.Truncated, "Heart Rate Measurement Value (uint8)", 10)]
    public void What_is_no_minute_is_rejected_with_field_and_offset(string hex, DecodeErrorCode code, string field, int offset)
    {
        DecodeError error = ProfileRegistry.Decode(0x2A37, Convert.FromHexString(hex), Minute).Error!.Value;
        Assert.Equal((code, offset), (error.Code, error.Offset));
        Assert.StartsWith(field[..5], error.Field, StringComparison.Ordinal);
    }

    [Fact]
    public void A_characteristic_that_is_no_stream_has_no_minutes() =>
        Assert.NotNull(ProfileRegistry.Decode(0x2A35, StreamMinute.Pack([[0, 1]], Lasted), Minute).Error);

    [Fact]
    public void Random_octets_are_a_result_and_no_exception()
    {
        var random = new Random(20260314);
        for (int i = 0; i < 5_000; i++)
        {
            byte[] octets = new byte[random.Next(0, 60)];
            random.NextBytes(octets);
            if (octets.Length > 0 && i % 2 == 0)
            {
                octets[0] = 1;
            }

            foreach (ushort characteristic in new ushort[] { 0x2A37, 0x2A5F, 0x2A1E })
            {
                DecodeResult result = ProfileRegistry.Decode(characteristic, octets, Minute);
                Assert.True(result.Error is not null ^ result.Readings.Length == 1);
            }
        }
    }

    [Fact]
    public void What_does_not_fit_is_not_packed()
    {
        Assert.Throws<ArgumentException>(() => StreamMinute.Pack([], Lasted));
        Assert.Throws<ArgumentException>(() => StreamMinute.Pack([new byte[256]], Lasted));
        Assert.Throws<ArgumentException>(() => StreamMinute.Pack([.. Enumerable.Repeat(new byte[255], 17)], Lasted));
    }

    private static string Plx(int status) => $"04610048 00{status & 0xFF:X2}{status >> 8:X2}";

    private static string Text(Reading reading, int index) =>
        ((NumericValue)reading.Values[index]).Value.Number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static Reading Decode(ushort characteristic, params string[] notifications)
    {
        byte[][] payloads = [.. notifications.Select(hex => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)))];
        DecodeResult result = ProfileRegistry.Decode(characteristic, StreamMinute.Pack(payloads, Lasted), Minute);
        Assert.Null(result.Error);
        return Assert.Single(result.Readings);
    }
}
