using System.Globalization;
using HomeHub.Profiles.Glucose;

namespace HomeHub.Profiles.Tests.Glucose;

public class GlucoseContextTests
{
    private const ushort Uuid = GlucoseProfile.ContextUuid;

    /// <summary>60 g of dinner, before a meal, tested by a professional, under stress, 40 % for half an hour, 3.5 mL of long acting insulin, 7.1 %.</summary>
    private const string Full = "FF 0700 00 03 3CD0 01 42 0807 28 04 23C0 47F0";

    [Fact]
    public void A_full_context()
    {
        Reading reading = Payload.Reading(Uuid, Full);
        Assert.True(reading.IsContext);
        Assert.Equal((ushort)7, reading.SequenceNumber);
        Assert.Null(reading.Timestamp);
        Assert.Equal(
            [
                "8417776 MDC_CTXT_GLU_CARB_DINNER = 60 g",
                "8417864 MDC_CTXT_GLU_MEAL = 8417868 MDC_CTXT_GLU_MEAL_PREPRANDIAL",
                "8417884 MDC_CTXT_GLU_TESTER = 8417892 MDC_CTXT_GLU_TESTER_HCP",
                "8417820 MDC_CTXT_GLU_HEALTH = 8417836 MDC_CTXT_GLU_HEALTH_STRESS",
                "8417760 MDC_CTXT_GLU_EXERCISE = 40 % for 1800 s",
                "8417812 MDC_CTXT_MEDICATION_LONGACTING = 3.5 mL",
                "160220 MDC_CONC_HBA1C = 7.1 %",
            ],
            reading.Values.Select(Show));
        Assert.All(reading.Values, value =>
        {
            Assert.Null(value.DerivedFrom);
            Assert.Equal(ValueSubject.Patient, value.Subject);
            Assert.Equal(UploadRule.Always, value.Upload);
        });
    }

    [Theory]
    [InlineData(0, "8417764 MDC_CTXT_GLU_CARB")]
    [InlineData(1, "8417768 MDC_CTXT_GLU_CARB_BREAKFAST")]
    [InlineData(2, "8417772 MDC_CTXT_GLU_CARB_LUNCH")]
    [InlineData(3, "8417776 MDC_CTXT_GLU_CARB_DINNER")]
    [InlineData(4, "8417780 MDC_CTXT_GLU_CARB_SNACK")]
    [InlineData(5, "8417784 MDC_CTXT_GLU_CARB_DRINK")]
    [InlineData(6, "8417788 MDC_CTXT_GLU_CARB_SUPPER")]
    [InlineData(7, "8417792 MDC_CTXT_GLU_CARB_BRUNCH")]
    [InlineData(8, "8417764 MDC_CTXT_GLU_CARB")]
    [InlineData(255, "8417764 MDC_CTXT_GLU_CARB")]
    public void Carbohydrates(byte id, string expected) =>
        Assert.Equal([expected + " = 60 g"], Payload.Reading(Uuid, $"01 0000 {id:X2} 3CD0").Values.Select(Show));

    [Theory]
    [InlineData(0, "8417796 MDC_CTXT_MEDICATION")]
    [InlineData(1, "8417800 MDC_CTXT_MEDICATION_RAPIDACTING")]
    [InlineData(2, "8417804 MDC_CTXT_MEDICATION_SHORTACTING")]
    [InlineData(3, "8417808 MDC_CTXT_MEDICATION_INTERMEDIATEACTING")]
    [InlineData(4, "8417812 MDC_CTXT_MEDICATION_LONGACTING")]
    [InlineData(5, "8417816 MDC_CTXT_MEDICATION_PREMIX")]
    [InlineData(6, "8417796 MDC_CTXT_MEDICATION")]
    [InlineData(255, "8417796 MDC_CTXT_MEDICATION")]
    public void Medication_by_mass_and_by_volume(byte id, string expected)
    {
        Assert.Equal([expected + " = 3.5 mg"], Payload.Reading(Uuid, $"10 0000 {id:X2} 2390").Values.Select(Show));
        Assert.Equal([expected + " = 3.5 mL"], Payload.Reading(Uuid, $"30 0000 {id:X2} 23C0").Values.Select(Show));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "8417868 MDC_CTXT_GLU_MEAL_PREPRANDIAL")]
    [InlineData(2, "8417872 MDC_CTXT_GLU_MEAL_POSTPRANDIAL")]
    [InlineData(3, "8417876 MDC_CTXT_GLU_MEAL_FASTING")]
    [InlineData(4, "8417880 MDC_CTXT_GLU_MEAL_CASUAL")]
    [InlineData(5, "8417869 MDC_CTXT_GLU_MEAL_BEDTIME")]
    [InlineData(6, null)]
    [InlineData(255, null)]
    public void Meals(byte meal, string? answer) =>
        MustAnswer($"02 0000 {meal:X2}", "8417864 MDC_CTXT_GLU_MEAL", answer);

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "8417888 MDC_CTXT_GLU_TESTER_SELF")]
    [InlineData(2, "8417892 MDC_CTXT_GLU_TESTER_HCP")]
    [InlineData(3, "8417896 MDC_CTXT_GLU_TESTER_LAB")]
    [InlineData(4, null)]
    [InlineData(15, null)]
    public void Testers(int tester, string? answer) =>
        MustAnswer($"04 0000 0{tester:X1}", "8417884 MDC_CTXT_GLU_TESTER", answer);

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "8417824 MDC_CTXT_GLU_HEALTH_MINOR")]
    [InlineData(2, "8417828 MDC_CTXT_GLU_HEALTH_MAJOR")]
    [InlineData(3, "8417832 MDC_CTXT_GLU_HEALTH_MENSES")]
    [InlineData(4, "8417836 MDC_CTXT_GLU_HEALTH_STRESS")]
    [InlineData(5, "8417840 MDC_CTXT_GLU_HEALTH_NONE")]
    [InlineData(6, null)]
    [InlineData(15, null)]
    public void Health(int health, string? answer) =>
        MustAnswer($"04 0000 {health:X1}0", "8417820 MDC_CTXT_GLU_HEALTH", answer);

    [Theory]
    [InlineData("0000", "8417760 MDC_CTXT_GLU_EXERCISE = 100 % for 0 s")]
    [InlineData("FEFF", "8417760 MDC_CTXT_GLU_EXERCISE = 100 % for 65534 s")]
    [InlineData("FFFF", "8417760 MDC_CTXT_GLU_EXERCISE = 100 %")]
    public void Exercise_has_a_duration_unless_it_overran(string seconds, string expected) =>
        Assert.Equal([expected], Payload.Reading(Uuid, $"08 0000 {seconds} 64").Values.Select(Show));

    [Fact]
    public void Special_numbers_are_reasons_for_absence()
    {
        Reading reading = Payload.Reading(Uuid, "51 0000 01 FF07 01 FE07 0208");
        Assert.Equal(
            [AbsenceReason.NotANumber, AbsenceReason.PositiveInfinity, AbsenceReason.NegativeInfinity],
            reading.Values.Cast<NumericValue>().Select(value => value.Value.Absence));
    }

    [Fact]
    public void A_context_may_hold_nothing_but_reserved_extended_flags() =>
        Assert.Empty(Payload.Reading(Uuid, "80 0700 FF").Values);

    [Fact]
    public void Nothing_but_the_whole_payload_is_accepted()
    {
        Payload.MustBeWholeOnlyAsItIs(Uuid, Full);
        Payload.MustBeRejected(Uuid, "08 0000 3C00", DecodeErrorCode.Truncated, "Exercise Intensity", 5);
        Payload.MustBeRejected(Uuid, "40 0000 3C", DecodeErrorCode.Truncated, "HbA1c", 3);
    }

    private static void MustAnswer(string hex, string question, string? answer) =>
        Assert.Equal(answer is null ? [] : [$"{question} = {answer}"], Payload.Reading(Uuid, hex).Values.Select(Show));

    private static string Show(ReadingValue value) => value switch
    {
        CodedValue coded => $"{coded.Code.Code} {coded.Code.RefId} = {coded.Value.Code} {coded.Value.RefId}",
        NumericValue { Value.IsPresent: true } numeric => string.Create(
            CultureInfo.InvariantCulture,
            $"{numeric.Code.Code} {numeric.Code.RefId} = {numeric.Value.Number} {numeric.Unit.Ucum}")
            + (numeric.Duration is { } duration ? string.Create(CultureInfo.InvariantCulture, $" for {duration.TotalSeconds} s") : ""),
        _ => value.ToString(),
    };
}
