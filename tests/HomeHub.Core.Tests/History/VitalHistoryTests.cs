using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.History;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using HomeHub.Testing;

namespace HomeHub.Core.Tests.History;

public sealed class VitalHistoryTests
{
    private static readonly DateTimeOffset Today = new(2026, 11, 26, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(7, 128, 83, UsualWord.AsUsual)]
    [InlineData(7, 150, 83, UsualWord.Higher)]
    [InlineData(7, 100, 83, UsualWord.Lower)]
    [InlineData(7, 128, 95, UsualWord.Higher)]
    [InlineData(7, 150, 60, null)]
    [InlineData(6, 150, 83, null)]
    public void A_pressure_is_compared_with_those_before_it(int days, int systolic, int diastolic, UsualWord? word)
    {
        VitalHistory history = Of([.. Enumerable.Range(1, days).Select(day => Pressure(-day, 124 + day, 80 + day)), Pressure(0, systolic, diastolic)]);
        Assert.Equal(word, history.WordOf(history.Of(VitalSign.BloodPressure).Last()));
    }

    [Fact]
    public void What_was_measured_more_than_thirty_days_before_counts_no_more()
    {
        VitalHistory history = Of([.. Enumerable.Range(25, 7).Select(day => Pressure(-day, 128, 83)), Pressure(0, 128, 83)]);
        Assert.Null(history.WordOf(history.Of(VitalSign.BloodPressure).Last()));
    }

    [Fact]
    public void A_day_is_one_of_the_home()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(9), null, null);
        Assert.Equal(new DateOnly(2026, 11, 27), new VitalHistory([], zone).DayOf(Today.AddHours(8)));
    }

    [Fact]
    public void A_value_that_is_absent_has_no_word_and_is_none_of_the_usual()
    {
        VitalHistory history = Of([.. Enumerable.Range(1, 6).Select(day => Pressure(-day, 128, 83)), Pressure(-7, NaN, 83), Pressure(0, NaN, 83)]);
        VitalValue last = history.Of(VitalSign.BloodPressure).Last();
        Assert.False(last.IsPresent);
        Assert.Equal(AbsenceReason.NotANumber, last.Value.Absence);
        Assert.Null(history.WordOf(last));
        Assert.Null(history.WordOf(last with { Value = MeasuredValue.Of(200) }));
    }

    [Fact]
    public void A_value_that_the_device_doubts_has_no_word()
    {
        VitalHistory history = Of([.. Enumerable.Range(1, 7).Select(day => Pressure(-day, 128, 83)), Pressure(0, 128, 83)]);
        VitalValue last = history.Of(VitalSign.BloodPressure).Last();
        Assert.Equal(UsualWord.AsUsual, history.WordOf(last));
        Assert.Null(history.WordOf(last with { IsDoubtful = true }));
    }

    [Fact]
    public void What_was_taken_back_is_not_there()
    {
        Assert.Empty(VitalReader.Of(Pressure(0, 128, 83) with { IsTakenBack = true }));
        Assert.Equal([VitalSign.BloodPressure, VitalSign.Pulse], VitalReader.Of(SampleReadings.BloodPressure(1)).Select(value => value.Sign));
    }

    [Fact]
    public void Control_solution_is_no_glucose_of_the_person()
    {
        AcquiredReading meal = SampleReadings.Record(0x2A18, Convert.FromHexString("02" + "0100" + "EA07030E072A0A" + "50B0" + "11"), Today);
        AcquiredReading control = SampleReadings.Record(0x2A18, Convert.FromHexString("02" + "0200" + "EA07030E072A0A" + "50B0" + "4A"), Today);
        VitalValue glucose = Assert.Single(VitalReader.Of(meal));
        Assert.Equal((VitalSign.Glucose, "mg/dL"), (glucose.Sign, glucose.Unit.Ucum));
        Assert.Empty(VitalReader.Of(control));
    }

    private const int NaN = 0x07FF;

    private static VitalHistory Of(IEnumerable<AcquiredReading> readings) =>
        new(readings.OrderBy(reading => reading.Effective.Instant).Select((reading, i) => new BufferedReading(i + 1, reading)), TimeZoneInfo.Utc);

    private static AcquiredReading Pressure(int day, int systolic, int diastolic)
    {
        DateTimeOffset at = Today.AddDays(day);
        byte[] octets = [0, (byte)systolic, (byte)(systolic >> 8), (byte)diastolic, 0, 0xFF, 0x07];
        return SampleReadings.Record(0x2A35, octets, at) with { Effective = new EffectiveTime(at, StampUse.None) };
    }
}
