using System.Globalization;
using HomeHub.Profiles.Glucose;

namespace HomeHub.Profiles.Tests.Glucose;

public class GlucoseMeasurementTests
{
    private const ushort Uuid = GlucoseProfile.MeasurementUuid;
    private const string Base = "EA07030E070A00";

    /// <summary>Sequence 7, 2026-03-14 07:10:00 plus 5 minutes, 99 mg/dL of capillary whole blood from a finger, battery low.</summary>
    private const string Full = "1B 0700 " + Base + " 0500 63B0 11 0100";

    [Fact]
    public void A_full_record()
    {
        Reading reading = Payload.Reading(Uuid, Full);
        Assert.Equal((ushort)7, reading.SequenceNumber);
        Assert.Equal(new PhdTimestamp(2026, 3, 14, 7, 15, 0), reading.Timestamp);
        Assert.False(reading.ClockFault);
        Assert.False(reading.IsContext);
        Assert.Equal(2, reading.Values.Length);
        var glucose = Assert.IsType<NumericValue>(reading.Values[0]);
        Assert.Equal(new MdcTerm(160184, "MDC_CONC_GLU_CAPILLARY_WHOLEBLOOD"), glucose.Code);
        Assert.Equal([new MdcTerm(8417848, "MDC_CTXT_GLU_SAMPLELOCATION_FINGER")], glucose.SupplementalTypes);
        Assert.Equal(Units.MilligramPerDecilitre, glucose.Unit);
        Assert.Equal("99", Text(glucose));
        Assert.Equal(ValueSubject.Patient, glucose.Subject);
        Assert.Null(glucose.DerivedFrom);
        var bits = Assert.IsType<BitsEnumerationValue>(reading.Values[1]);
        Assert.Equal(new MdcTerm(8417752, "MDC_GLU_METER_DEV_STATUS"), bits.Code);
        Assert.Equal([new BitState(0, "device-battery-low", true)], bits.Bits);
        Assert.Equal(0, bits.DerivedFrom);
        Assert.Equal(ValueSubject.Patient, bits.Subject);
        Assert.All(reading.Values, value => Assert.Equal(UploadRule.Always, value.Upload));
    }

    [Theory]
    [InlineData("02", "63B0", "99", "mg/dL")]
    [InlineData("06", "3FC0", "6.3", "mmol/L")]
    [InlineData("02", "E8A3", "100.0", "mg/dL")]
    [InlineData("06", "00C0", "0.0", "mmol/L")]
    [InlineData("02", "1E00", "3000000", "mg/dL")]
    public void Concentration_moves_its_point_and_keeps_its_digits(string flags, string word, string number, string ucum)
    {
        NumericValue glucose = Glucose($"{flags} 0000 {Base} {word} 11");
        Assert.Equal(number, Text(glucose));
        Assert.Equal(ucum, glucose.Unit.Ucum);
    }

    [Theory]
    [InlineData(0, 160020, "MDC_CONC_GLU_GEN")]
    [InlineData(1, 160184, "MDC_CONC_GLU_CAPILLARY_WHOLEBLOOD")]
    [InlineData(2, 160188, "MDC_CONC_GLU_CAPILLARY_PLASMA")]
    [InlineData(3, 160192, "MDC_CONC_GLU_VENOUS_WHOLEBLOOD")]
    [InlineData(4, 160196, "MDC_CONC_GLU_VENOUS_PLASMA")]
    [InlineData(5, 160200, "MDC_CONC_GLU_ARTERIAL_WHOLEBLOOD")]
    [InlineData(6, 160204, "MDC_CONC_GLU_ARTERIAL_PLASMA")]
    [InlineData(7, 160364, "MDC_CONC_GLU_UNDETERMINED_WHOLEBLOOD")]
    [InlineData(8, 160368, "MDC_CONC_GLU_UNDETERMINED_PLASMA")]
    [InlineData(9, 160212, "MDC_CONC_GLU_ISF")]
    [InlineData(10, 160208, "MDC_CONC_GLU_CONTROL")]
    [InlineData(11, 160020, "MDC_CONC_GLU_GEN")]
    [InlineData(15, 160020, "MDC_CONC_GLU_GEN")]
    public void The_type_says_what_was_measured(int type, uint code, string refId)
    {
        NumericValue glucose = Glucose($"02 0000 {Base} 63B0 1{type:X1}");
        Assert.Equal(new MdcTerm(code, refId), glucose.Code);
        Assert.Equal(type == 10 ? ValueSubject.Device : ValueSubject.Patient, glucose.Subject);
    }

    [Theory]
    [InlineData(1, 8417848u, "MDC_CTXT_GLU_SAMPLELOCATION_FINGER")]
    [InlineData(2, 8417852u, "MDC_CTXT_GLU_SAMPLELOCATION_AST")]
    [InlineData(3, 8417856u, "MDC_CTXT_GLU_SAMPLELOCATION_EARLOBE")]
    [InlineData(4, 8417860u, "MDC_CTXT_GLU_SAMPLELOCATION_CTRLSOLUTION")]
    public void A_location_is_a_supplemental_type(int location, uint code, string refId) =>
        Assert.Equal([new MdcTerm(code, refId)], Glucose($"02 0000 {Base} 63B0 {location:X1}1").SupplementalTypes);

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(14)]
    [InlineData(15)]
    public void No_location_no_supplemental_type(int location) =>
        Assert.Empty(Glucose($"02 0000 {Base} 63B0 {location:X1}1").SupplementalTypes);

    [Theory]
    [InlineData("1A")]
    [InlineData("41")]
    [InlineData("4A")]
    public void Control_solution_is_never_about_the_patient(string typeAndLocation)
    {
        Reading reading = Payload.Reading(Uuid, $"0A 0000 {Base} 63B0 {typeAndLocation} 0100");
        Assert.Equal(2, reading.Values.Length);
        Assert.All(reading.Values, value => Assert.Equal(ValueSubject.Device, value.Subject));
    }

    [Theory]
    [InlineData("FE07", AbsenceReason.PositiveInfinity)]
    [InlineData("0208", AbsenceReason.NegativeInfinity)]
    [InlineData("FF07", AbsenceReason.NotANumber)]
    [InlineData("0008", AbsenceReason.Error)]
    [InlineData("0108", AbsenceReason.Error)]
    [InlineData("FEB7", AbsenceReason.PositiveInfinity)]
    public void Hi_and_lo_are_reasons_for_absence(string word, AbsenceReason reason) =>
        Assert.Equal(MeasuredValue.Absent(reason), Glucose($"02 0000 {Base} {word} 11").Value);

    [Theory]
    [InlineData(0, "device-battery-low")]
    [InlineData(1, "sensor-malfunction")]
    [InlineData(2, "sensor-sample-size-insufficient")]
    [InlineData(3, "sensor-strip-insertion")]
    [InlineData(4, "sensor-strip-type-incorrect")]
    [InlineData(5, "sensor-result-too-high")]
    [InlineData(6, "sensor-result-too-low")]
    [InlineData(7, "sensor-temp-too-high")]
    [InlineData(8, "sensor-temp-too-low")]
    [InlineData(9, "sensor-read-interrupt")]
    [InlineData(10, "device-gen-fault")]
    public void A_status_bit_is_the_same_bit(int bit, string name)
    {
        int field = 1 << bit;
        Reading reading = Payload.Reading(Uuid, $"08 0000 {Base} {(byte)field:X2}{field >> 8:X2}");
        var bits = Assert.IsType<BitsEnumerationValue>(Assert.Single(reading.Values));
        Assert.Equal([new BitState((byte)bit, name, true)], bits.Bits);
        Assert.Null(bits.DerivedFrom);
        Assert.False(reading.ClockFault);
    }

    [Fact]
    public void The_time_fault_is_a_clock_fault_and_no_bit()
    {
        Reading reading = Payload.Reading(Uuid, $"0A 0000 {Base} 63B0 11 0008");
        Assert.True(reading.ClockFault);
        Assert.IsType<NumericValue>(Assert.Single(reading.Values));
    }

    [Fact]
    public void Reserved_flags_and_status_bits_are_ignored() =>
        Assert.Empty(Payload.Reading(Uuid, $"E8 0000 {Base} 00F0").Values);

    [Fact]
    public void A_record_without_a_concentration_has_no_number()
    {
        Reading reading = Payload.Reading(Uuid, $"00 FFFF {Base}");
        Assert.Empty(reading.Values);
        Assert.Equal(ushort.MaxValue, reading.SequenceNumber);
        Assert.Equal(new PhdTimestamp(2026, 3, 14, 7, 10, 0), reading.Timestamp);
    }

    [Theory]
    [InlineData("01 0000 EA070301001E00 C4FF", "2026-02-28T23:30:00")]
    [InlineData("01 0000 EA070301001E00 FE7F", "2026-03-23T18:36:00")]
    [InlineData("01 0000 EA070301001E00 FF7F", null)]
    [InlineData("01 0000 EA070301001E00 0080", null)]
    [InlineData("00 0000 EA070300001E00", null)]
    [InlineData("01 0000 00000301001E00 0500", null)]
    [InlineData("00 0000 EA07021F001E00", "2026-02-31T00:30:00")]
    [InlineData("01 0000 EA07021F001E00 0500", null)]
    public void The_stamp_is_base_time_plus_offset(string hex, string? expected) =>
        Assert.Equal(expected, Payload.Reading(Uuid, hex).Timestamp?.ToString());

    [Theory]
    [InlineData("FFFF")]
    [InlineData("FFBF")]
    [InlineData("0308")]
    public void A_negative_concentration_is_filler(string word)
    {
        Payload.MustBeRejected(Uuid, $"02 0000 {Base} {word} 11", DecodeErrorCode.FillerRecord, "Glucose Concentration", 10);
        Payload.MustBeRejected(Uuid, $"03 0000 {Base} 0500 {word} 11", DecodeErrorCode.FillerRecord, "Glucose Concentration", 12);
    }

    [Fact]
    public void Nothing_but_the_whole_payload_is_accepted()
    {
        Payload.MustBeWholeOnlyAsItIs(Uuid, Full);
        Payload.MustBeWholeOnlyAsItIs(GlucoseProfile.FeatureUuid, "FF07");
        Payload.MustBeRejected(Uuid, $"02 0000 {Base} 63B0", DecodeErrorCode.Truncated, "Type-Sample Location", 12);
        Payload.MustBeRejected(Uuid, "02 0000 EA07030E180A00 63B0 11", DecodeErrorCode.FieldOutOfRange, "Base Time", 3);
    }

    private static NumericValue Glucose(string hex) => Assert.IsType<NumericValue>(Payload.Reading(Uuid, hex).Values[0]);

    private static string Text(NumericValue value) => value.Value.Number.ToString(CultureInfo.InvariantCulture);
}
