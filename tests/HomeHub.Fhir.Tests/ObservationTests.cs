using System.Text.Json;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using HomeHub.Profiles.PulseOximeter;
using static HomeHub.Fhir.Tests.Samples;

namespace HomeHub.Fhir.Tests;

/// <summary>What a status, a time, a reason for absence or a subject does to an Observation.</summary>
public sealed class ObservationTests
{
    private const string Received = "2026-03-14T07:45:06+01:00";

    private static readonly NumericValue Glucose = Numeric(160184, "MDC_CONC_GLU_CAPILLARY_WHOLEBLOOD", 6.3m, Units.MillimolePerLitre);

    [Theory]
    [InlineData(MeasurementStatus.Questionable, "final", "questionable")]
    [InlineData(MeasurementStatus.Calibrating, "final", "calibration-ongoing")]
    [InlineData(MeasurementStatus.Validated, "final", "validated-data")]
    [InlineData(MeasurementStatus.EarlyEstimate, "preliminary", "early-indication")]
    [InlineData(MeasurementStatus.Questionable | MeasurementStatus.EarlyEstimate, "preliminary", "questionable early-indication")]
    [InlineData(MeasurementStatus.None, "final", "")]
    [InlineData(MeasurementStatus.TestData, "final", "")]
    public void A_status_is_interpreted(MeasurementStatus status, string expected, string codes)
    {
        JsonElement observation = WithStatus(Glucose, status);
        Assert.Equal(expected, observation.GetProperty("status").GetString());
        IEnumerable<string?> written = observation.TryGetProperty("interpretation", out JsonElement concepts)
            ? concepts.EnumerateArray().Select(c => Assert.Single(c.GetProperty("coding").EnumerateArray()).GetProperty("code").GetString())
            : [];
        Assert.Equal(codes, string.Join(' ', written));
        Assert.Equal((status & MeasurementStatus.TestData) != 0, observation.GetProperty("meta").TryGetProperty("security", out _));
    }

    [Theory]
    [InlineData(MeasurementStatus.Invalid, "entered-in-error", "error")]
    [InlineData(MeasurementStatus.NotAvailable, "final", "not-performed")]
    [InlineData(MeasurementStatus.Invalid | MeasurementStatus.NotAvailable, "entered-in-error", "error")]
    public void An_invalid_or_missing_measurement_has_a_reason_and_no_value(MeasurementStatus status, string expected, string reason)
    {
        MdcTerm code = new(150020, "MDC_PRESS_BLD_NONINV");
        ReadingValue[] kinds =
        [
            Glucose,
            AbsentNumeric(160184, "", AbsenceReason.NotANumber, Units.MillimolePerLitre),
            new CompoundNumericValue(code, [new NumericComponent(code, MeasuredValue.Of(1m), Units.MmHg)]),
            new CodedValue(code, code),
        ];
        foreach (ReadingValue value in kinds)
        {
            JsonElement observation = WithStatus(value, status);
            Assert.Equal(expected, observation.GetProperty("status").GetString());
            Assert.Equal(reason, Absence(observation));
            Assert.DoesNotContain(observation.EnumerateObject(), p => p.Name.StartsWith("value", StringComparison.Ordinal) || p.Name == "component");
        }
    }

    [Fact]
    public void Status_bits_stay_what_they_are_in_an_invalid_record()
    {
        var bits = new BitsEnumerationValue(new MdcTerm(150604, "MDC_PULS_OXIM_DEV_STATUS"), [new BitState(0, "sensor-disconnected", true), new BitState(15, "x", false)]);
        JsonElement observation = WithStatus(bits, MeasurementStatus.Invalid | MeasurementStatus.Questionable);
        Assert.Equal("final", observation.GetProperty("status").GetString());
        Assert.False(observation.TryGetProperty("interpretation", out _) || observation.TryGetProperty("dataAbsentReason", out _));
        Assert.Equal([true, false], observation.GetProperty("component").EnumerateArray().Select(c => c.GetProperty("valueBoolean").GetBoolean()));
    }

    [Fact]
    public void A_measurement_entered_by_hand_says_so() =>
        Assert.Equal("Entered by hand.", WithStatus(Glucose, MeasurementStatus.ManuallyEntered).GetProperty("note")[0].GetProperty("text").GetString());

    [Theory]
    [InlineData(AbsenceReason.NotANumber, "not-a-number")]
    [InlineData(AbsenceReason.PositiveInfinity, "positive-infinity")]
    [InlineData(AbsenceReason.NegativeInfinity, "negative-infinity")]
    [InlineData(AbsenceReason.Error, "error")]
    [InlineData(AbsenceReason.NotPerformed, "not-performed")]
    public void A_special_number_is_a_reason(AbsenceReason reason, string code) => Assert.Equal(
        code, Absence(Encoded.Observation(Record(Cuff, Received, AbsentNumeric(160184, "", reason, Units.MillimolePerLitre)))));

    [Fact]
    public void A_term_without_a_name_has_no_display() => Assert.False(
        Encoded.Observation(Record(Cuff, Received, Numeric(999999, "", 1m, Units.Percent)))
            .GetProperty("code").GetProperty("coding")[0].TryGetProperty("display", out _));

    [Fact]
    public void What_is_about_the_device_has_the_device_as_subject()
    {
        JsonElement observation = Encoded.Observation(Record(
            Cuff, Received, Numeric(67996, "MDC_ATTR_VAL_BATT_CHARGE", 80m, Units.Percent) with { Subject = ValueSubject.Device }));
        Assert.Equal(
            observation.GetProperty("device").GetProperty("reference").GetString(),
            observation.GetProperty("subject").GetProperty("reference").GetString());
    }

    [Fact]
    public void Kilopascals_keep_the_original_beside_the_converted_quantity()
    {
        MdcTerm code = new(150021, "MDC_PRESS_BLD_NONINV_SYS");
        var panel = new CompoundNumericValue(
            new MdcTerm(150020, "MDC_PRESS_BLD_NONINV"),
            [new NumericComponent(code, MeasuredValue.Of(120m), Units.MmHg, MeasuredValue.Of(16.0m), Units.KPa)]);
        JsonElement quantity = Encoded.Observation(Record(Cuff, Received, panel)).GetProperty("component")[0].GetProperty("valueQuantity");
        Assert.Equal("120", quantity.GetProperty("value").GetRawText());
        JsonElement extension = quantity.GetProperty("extension")[0];
        Assert.Equal("http://hl7.org/fhir/StructureDefinition/iso21090-PQ-translation", extension.GetProperty("url").GetString());
        Assert.Equal(
            """{"value":16.0,"unit":"kPa","system":"http://unitsofmeasure.org","code":"kPa"}""",
            extension.GetProperty("valueQuantity").GetRawText());
    }

    [Theory]
    [InlineData("2026-03-14T07:45:06+01:00", "2026-03-14T07:45:06+01:00")]
    [InlineData("2026-03-14T07:45:06.250+01:00", "2026-03-14T07:45:06.250+01:00")]
    [InlineData("2026-03-14T07:45:06.007Z", "2026-03-14T07:45:06.007+00:00")]
    [InlineData("2026-03-14T07:45:06.0004Z", "2026-03-14T07:45:06+00:00")]
    [InlineData("2026-03-14T07:45:06-03:30", "2026-03-14T07:45:06-03:30")]
    public void A_time_has_its_offset_and_milliseconds_only_when_there_are_any(string received, string written) =>
        Assert.Equal(written, Encoded.Observation(Record(Cuff, received, Glucose)).GetProperty("effectiveDateTime").GetString());

    [Theory]
    [InlineData(StampUse.Mapped, "2026-03-14T07:45:06+01:00", "2026-03-14T08:15:06+01:00")]
    [InlineData(StampUse.AsReported, "2026-03-14T07:45:06+01:00", "2026-03-14T08:15:06+01:00")]
    [InlineData(StampUse.None, "2026-03-14T07:15:06+01:00", "2026-03-14T07:45:06+01:00")]
    [InlineData(StampUse.NotUsable, "2026-03-14T07:15:06+01:00", "2026-03-14T07:45:06+01:00")]
    public void A_duration_starts_at_the_stamp_or_ends_with_the_reception(StampUse use, string start, string end)
    {
        AcquiredReading record = Record(Cuff, Received, Glucose with { Duration = TimeSpan.FromMinutes(30) });
        JsonElement period = Encoded.Observation(record with { Effective = record.Effective with { Use = use } }).GetProperty("effectivePeriod");
        Assert.Equal(start, period.GetProperty("start").GetString());
        Assert.Equal(end, period.GetProperty("end").GetString());
    }

    [Fact]
    public void Body_mass_index_derives_from_weight_and_height()
    {
        AcquiredReading record = Record(
            Cuff,
            Received,
            Numeric(188736, "MDC_MASS_BODY_ACTUAL", 74.85m, Units.Kilogram),
            Numeric(188740, "MDC_LEN_BODY_ACTUAL", 180.0m, Units.Centimetre),
            Numeric(188752, "MDC_RATIO_MASS_BODY_LEN_SQ", 23.1m, Units.KilogramPerSquareMetre) with { DerivedFrom = 0, AlsoDerivedFrom = 1 });
        List<(Guid Id, string Json)> resources = Encoded.Resources(record);
        Assert.Equal(
            [$"urn:uuid:{resources[1].Id}", $"urn:uuid:{resources[2].Id}"],
            Encoded.Parse(resources[3].Json).GetProperty("derivedFrom").EnumerateArray().Select(r => r.GetProperty("reference").GetString()));
    }

    [Fact]
    public void A_vital_sign_never_derives_from_something_else()
    {
        AcquiredReading record = Record(
            Cuff, Received, Glucose, Numeric(188736, "MDC_MASS_BODY_ACTUAL", 74.85m, Units.Kilogram) with { DerivedFrom = 0 });
        Assert.False(Encoded.Observations(record)[1].TryGetProperty("derivedFrom", out _));
    }

    [Fact]
    public void A_device_clock_with_an_offset_has_the_other_code_without_display()
    {
        AcquiredReading record = BloodPressure(LogicalPatient) with
        {
            ClockCheck = new ClockCheck(At("2026-03-14T07:45:05.120+01:00"), Stamp("2026-03-14T06:44:00", 0)),
        };
        JsonElement check = Encoded.Parse(Encoded.Resources(record)[1].Json);
        Assert.Equal(
            """{"system":"urn:iso:std:iso:11073:10101","code":"68226"}""", check.GetProperty("code").GetProperty("coding")[0].GetRawText());
        Assert.Equal("2026-03-14T06:44:00+00:00", check.GetProperty("valueDateTime").GetString());
        Assert.Equal("2026-03-14T07:45:05.120+01:00", check.GetProperty("effectiveDateTime").GetString());
    }

    [Fact]
    public void A_device_clock_that_shows_no_time_of_the_calendar_is_a_fault()
    {
        AcquiredReading record = BloodPressure(LogicalPatient) with
        {
            ClockCheck = new ClockCheck(At("2026-03-14T07:45:05+01:00"), new PhdTimestamp(2026, 2, 31, 7, 0, 0)),
        };
        JsonElement check = Encoded.Parse(Encoded.Resources(record)[1].Json);
        Assert.Equal("unknown", Absence(check));
        Assert.False(check.TryGetProperty("valueDateTime", out _));
    }

    [Fact]
    public void A_callback_may_encode_something_itself()
    {
        string? outer = null;
        Samples.Encoder.EncodeResources(Hub, BloodPressure(), (_, json) =>
        {
            Encoded.Resources(Record(Cuff, Received, Glucose));
            outer = System.Text.Encoding.UTF8.GetString(json.Span);
        });
        Assert.Equal(Encoded.Resources(BloodPressure())[^1].Json, outer);
    }

    private static JsonElement WithStatus(ReadingValue value, MeasurementStatus status)
    {
        AcquiredReading record = Record(Cuff, Received, value);
        return Encoded.Observation(record with { Reading = record.Reading with { Status = status } });
    }

    private static string? Absence(JsonElement observation) =>
        observation.GetProperty("dataAbsentReason").GetProperty("coding")[0].GetProperty("code").GetString();

    [Fact]
    public void A_vital_sign_of_a_stream_is_its_mean_at_a_time_with_the_lowest_and_the_highest()
    {
        JsonElement o = Encoded.Observation(Minute(PulseOximeterTerms.OxygenSaturation));
        Assert.Equal("97.5", o.GetProperty("valueQuantity").GetProperty("value").GetRawText());
        Assert.Equal("2026-03-14T07:43:15+01:00", o.GetProperty("effectiveDateTime").GetString());
        Assert.Equal("Mean over 59 s.", o.GetProperty("note")[0].GetProperty("text").GetString());
        Assert.Equal(["68193 ", "minimum 96.0", "maximum 99.1"], Components(o));
    }

    [Fact]
    public void Another_value_of_a_stream_is_its_mean_over_a_period()
    {
        JsonElement o = Encoded.Observation(Minute(PulseOximeterTerms.PulseAmplitudeIndex));
        JsonElement period = o.GetProperty("effectivePeriod");
        Assert.Equal(("2026-03-14T07:42:16+01:00", "2026-03-14T07:43:15+01:00"), (period.GetProperty("start").GetString(), period.GetProperty("end").GetString()));
        Assert.False(o.TryGetProperty("note", out _));
        Assert.Equal(["68193 ", "minimum 96.0", "maximum 99.1"], Components(o));
    }

    private static AcquiredReading Minute(MdcTerm term) => Record(
        Cuff,
        "2026-03-14T07:43:15+01:00",
        new NumericValue(term, MeasuredValue.Of(97.5m), Units.Percent)
        {
            SupplementalTypes = [PulseOximeterTerms.FastModality],
            Duration = TimeSpan.FromSeconds(59),
            Range = new NumericRange(96.0m, 99.1m),
        });

    private static IEnumerable<string> Components(JsonElement observation) => observation.GetProperty("component").EnumerateArray().Select(component =>
        component.GetProperty("code").GetProperty("coding")[0].GetProperty("code").GetString() + " "
        + (component.TryGetProperty("valueQuantity", out JsonElement quantity) ? quantity.GetProperty("value").GetRawText() : ""));
}
