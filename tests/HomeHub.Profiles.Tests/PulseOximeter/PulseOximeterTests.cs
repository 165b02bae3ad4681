using HomeHub.Profiles.PulseOximeter;

namespace HomeHub.Profiles.Tests.PulseOximeter;

public class PulseOximeterTests
{
    private const ushort Spot = PulseOximeterProfile.SpotCheckUuid;
    private const ushort Continuous = PulseOximeterProfile.ContinuousUuid;

    private const string FullSpot = "0F DEF3 4800 EA07030E072A0A 0001 200000 7AE3";
    private const string FullContinuous = "1F DEF3 CAF3 CAF3 5AF5 D4F3 B2F2 2001 000000 7AE3";

    [Fact]
    public void Spot_check_reports_three_numbers_as_spot_and_the_status()
    {
        Reading reading = Payload.Reading(Spot, FullSpot);
        Assert.Equal(new PhdTimestamp(2026, 3, 14, 7, 42, 10), reading.Timestamp);
        Assert.False(reading.ClockFault);
        Assert.Equal(MeasurementStatus.None, reading.Status);
        Assert.Equal(4, reading.Values.Length);
        MustBe(reading.Values[0], new(150456, "MDC_PULS_OXIM_SAT_O2"), 99.0m, "%", [new(150588, "MDC_MODALITY_SPOT")], UploadRule.Always);
        MustBe(reading.Values[1], new(149530, "MDC_PULS_OXIM_PULS_RATE"), 72m, "/min", [new(150588, "MDC_MODALITY_SPOT")], UploadRule.Always);
        MustBe(reading.Values[2], new(150320, "MDC_SAT_O2_QUAL"), 8.90m, "%", [new(150588, "MDC_MODALITY_SPOT")], UploadRule.Always);
        var bits = Assert.IsType<BitsEnumerationValue>(reading.Values[3]);
        Assert.Equal(new MdcTerm(150604, "MDC_PULS_OXIM_DEV_STATUS"), bits.Code);
        Assert.Equal([new BitState(10, "signal-low-perfusion", true)], bits.Bits);
        Assert.Equal(0, bits.DerivedFrom);
    }

    [Fact]
    public void Continuous_reports_each_averaging_throttled()
    {
        Reading reading = Payload.Reading(Continuous, FullContinuous);
        Assert.Null(reading.Timestamp);
        Assert.Equal(7, reading.Values.Length);
        MdcTerm[] fast = [new(150580, "MDC_MODALITY_FAST")], slow = [new(150584, "MDC_MODALITY_SLOW")];
        MustBe(reading.Values[0], PulseOximeterTerms.OxygenSaturation, 99.0m, "%", [], UploadRule.Throttled);
        MustBe(reading.Values[1], PulseOximeterTerms.PulseRate, 97.0m, "/min", [], UploadRule.Throttled);
        MustBe(reading.Values[2], PulseOximeterTerms.OxygenSaturation, 97.0m, "%", fast, UploadRule.Throttled);
        MustBe(reading.Values[3], PulseOximeterTerms.PulseRate, 137.0m, "/min", fast, UploadRule.Throttled);
        MustBe(reading.Values[4], PulseOximeterTerms.OxygenSaturation, 98.0m, "%", slow, UploadRule.Throttled);
        MustBe(reading.Values[5], PulseOximeterTerms.PulseRate, 69.0m, "/min", slow, UploadRule.Throttled);
        MustBe(reading.Values[6], PulseOximeterTerms.PulseAmplitudeIndex, 8.90m, "%", [], UploadRule.Throttled);
    }

    [Theory]
    [InlineData(0, 15, "device-extended-update")]
    [InlineData(1, 14, "device-equipment-malfunction")]
    [InlineData(2, 13, "signal-processing-irregularity")]
    [InlineData(3, 12, "signal-inadequate")]
    [InlineData(4, 11, "signal-poor")]
    [InlineData(5, 10, "signal-low-perfusion")]
    [InlineData(6, 9, "signal-erratic")]
    [InlineData(7, 8, "signal-non-pulsatile")]
    [InlineData(8, 7, "signal-pulse-questionable")]
    [InlineData(9, 6, "signal-searching")]
    [InlineData(10, 5, "sensor-interference")]
    [InlineData(11, 4, "sensor-off")]
    [InlineData(12, 3, "sensor-unsupported")]
    [InlineData(13, 2, "sensor-displaced")]
    [InlineData(14, 1, "sensor-malfunction")]
    [InlineData(15, 0, "sensor-disconnected")]
    public void A_sensor_status_bit_is_its_mirrored_bit(int gattBit, byte mderBit, string name)
    {
        uint field = 1u << gattBit;
        string octets = $"{(byte)field:X2}{(byte)(field >> 8):X2}{(byte)(field >> 16):X2}";
        foreach ((ushort uuid, string flags) in new[] { (Spot, "04"), (Continuous, "08") })
        {
            var bits = Assert.IsType<BitsEnumerationValue>(Payload.Reading(uuid, $"{flags} 6100 4800 {octets}").Values[2]);
            Assert.Equal([new BitState(mderBit, name, true)], bits.Bits);
        }
    }

    [Fact]
    public void All_sensor_bits_come_in_order_and_reserved_ones_not_at_all()
    {
        var all = Assert.IsType<BitsEnumerationValue>(Payload.Reading(Spot, "04 6100 4800 FFFFFF").Values[2]);
        Assert.Equal(Enumerable.Range(0, 16).Select(bit => (byte)bit), all.Bits.Select(bit => bit.Bit));
        Assert.Equal(2, Payload.Reading(Spot, "04 6100 4800 0000FF").Values.Length);
    }

    [Theory]
    [InlineData(0x001F, MeasurementStatus.None)]
    [InlineData(0x0020, MeasurementStatus.None)]
    [InlineData(0x0040, MeasurementStatus.EarlyEstimate)]
    [InlineData(0x0080, MeasurementStatus.Validated)]
    [InlineData(0x0100, MeasurementStatus.None)]
    [InlineData(0x0200, MeasurementStatus.None)]
    [InlineData(0x0400, MeasurementStatus.TestData)]
    [InlineData(0x0800, MeasurementStatus.TestData)]
    [InlineData(0x1000, MeasurementStatus.Calibrating)]
    [InlineData(0x2000, MeasurementStatus.NotAvailable)]
    [InlineData(0x4000, MeasurementStatus.Questionable)]
    [InlineData(0x8000, MeasurementStatus.Invalid)]
    [InlineData(0x4060, MeasurementStatus.Questionable | MeasurementStatus.EarlyEstimate)]
    public void Measurement_status_is_about_the_record(int field, MeasurementStatus expected)
    {
        string octets = $"{(byte)field:X2}{field >> 8:X2}";
        Assert.Equal(expected, Payload.Reading(Spot, $"02 6100 4800 {octets}").Status);
        Assert.Equal(expected, Payload.Reading(Continuous, $"04 6100 4800 {octets}").Status);
    }

    [Theory]
    [InlineData("0080", AbsenceReason.Error)]
    [InlineData("0020", AbsenceReason.NotPerformed)]
    public void An_invalid_or_unavailable_record_has_no_number_but_says_why(string status, AbsenceReason reason)
    {
        Reading reading = Payload.Reading(Spot, $"06 6100 FF07 {status} 000800");
        Assert.All(reading.Values.OfType<NumericValue>(), value =>
        {
            Assert.Equal(MeasuredValue.Absent(reason), value.Value);
            Assert.Equal(UploadRule.Never, value.Upload);
        });
        var bits = Assert.IsType<BitsEnumerationValue>(reading.Values[2]);
        Assert.Equal("sensor-off", Assert.Single(bits.Bits).Name);
        Assert.Equal(UploadRule.Always, bits.Upload);
    }

    [Fact]
    public void Test_data_stay_on_the_hub()
    {
        Reading reading = Payload.Reading(Continuous, "0C 6100 4800 0004 000800");
        Assert.All(reading.Values, value => Assert.Equal(UploadRule.Never, value.Upload));
        Assert.Equal(97m, Assert.IsType<NumericValue>(reading.Values[0]).Value.Number);
    }

    [Theory]
    [InlineData("FF07", AbsenceReason.NotANumber)]
    [InlineData("0008", AbsenceReason.Error)]
    [InlineData("0108", AbsenceReason.Error)]
    [InlineData("FE07", AbsenceReason.PositiveInfinity)]
    [InlineData("0208", AbsenceReason.NegativeInfinity)]
    public void Special_numbers_are_reasons_for_absence(string word, AbsenceReason reason)
    {
        Reading reading = Payload.Reading(Spot, $"00 {word} 4800");
        Assert.Equal(MeasuredValue.Absent(reason), Assert.IsType<NumericValue>(reading.Values[0]).Value);
        Assert.Equal(MeasuredValue.Of(72m), Assert.IsType<NumericValue>(reading.Values[1]).Value);
        Assert.Equal(UploadRule.Always, reading.Values[0].Upload);
    }

    [Fact]
    public void A_clock_that_is_not_set_is_a_clock_fault_and_keeps_the_stamp()
    {
        Reading reading = Payload.Reading(Spot, "11 6100 6000 E1070101012213");
        Assert.True(reading.ClockFault);
        Assert.Equal(new PhdTimestamp(2017, 1, 1, 1, 34, 19), reading.Timestamp);
    }

    [Fact]
    public void A_partly_unknown_stamp_is_none() => Assert.Null(Payload.Reading(Spot, "01 6100 6000 E1070001012213").Timestamp);

    [Fact]
    public void Reserved_flags_are_ignored()
    {
        Assert.Equal(2, Payload.Reading(Spot, "E0 6100 4800").Values.Length);
        Assert.Equal(2, Payload.Reading(Continuous, "E0 6100 4800").Values.Length);
    }

    [Fact]
    public void Nothing_but_the_whole_payload_is_accepted()
    {
        Payload.MustBeWholeOnlyAsItIs(Spot, FullSpot);
        Payload.MustBeWholeOnlyAsItIs(Continuous, FullContinuous);
        Payload.MustBeWholeOnlyAsItIs(PulseOximeterProfile.FeaturesUuid, "A300 4010 800100");
        Payload.MustBeRejected(Spot, "01 6100 4800 EA07030E07", DecodeErrorCode.Truncated, "Timestamp", 10);
        Payload.MustBeRejected(Continuous, "01 6100 4800 6100", DecodeErrorCode.Truncated, "SpO2PR-Fast PR", 7);
        Payload.MustBeRejected(Spot, "01 6100 4800 EA070D0E072A0A", DecodeErrorCode.FieldOutOfRange, "Timestamp", 5);
    }

    [Theory]
    [InlineData("0000", 0x0000, null, null)]
    [InlineData("01FF 4010", 0xFF01, 0x1040, null)]
    [InlineData("0200 800180", 0x0002, null, 0x800180)]
    public void Features_are_kept_as_they_are(string hex, int features, int? status, int? sensor)
    {
        SessionContext? context = Payload.Decode(PulseOximeterProfile.FeaturesUuid, hex).Context;
        Assert.Equal(
            SessionContext.Empty with
            {
                PlxFeatures = (ushort)features, PlxMeasurementStatusSupport = (ushort?)status, PlxSensorStatusSupport = (uint?)sensor,
            },
            context);
    }

    private static void MustBe(ReadingValue value, MdcTerm code, decimal number, string ucum, MdcTerm[] modality, UploadRule upload)
    {
        var numeric = Assert.IsType<NumericValue>(value);
        Assert.Equal(code, numeric.Code);
        // As text, so that the digits that the device sent are compared too.
        Assert.Equal(number.ToString(System.Globalization.CultureInfo.InvariantCulture), numeric.Value.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(numeric.Value.IsPresent);
        Assert.Equal(ucum, numeric.Unit.Ucum);
        Assert.Equal(modality, numeric.SupplementalTypes);
        Assert.Equal(upload, numeric.Upload);
        Assert.Equal(ValueSubject.Patient, numeric.Subject);
        Assert.Null(numeric.DerivedFrom);
    }
}
