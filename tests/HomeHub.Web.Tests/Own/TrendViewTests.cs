using System.Globalization;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.History;
using HomeHub.Core.Household;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using HomeHub.Testing;
using HomeHub.Web.Own;
using HomeHub.Web.Tests.Bench;

namespace HomeHub.Web.Tests.Own;

public sealed class TrendViewTests
{
    private static readonly DateTimeOffset Now = PagesBench.Start;

    [Fact]
    public void A_line_is_not_drawn_over_days_without_values()
    {
        TrendView view = Of(30, VitalSign.Weight, [.. new[] { -9, -8, -5, -1, 0 }.Select(day => OwnReadings.Weight(Now.AddDays(day), 70 + (day / 10m)))]);
        Assert.Equal([2, 1, 2], view.Lines(view.Series[0]).Select(line => line.Split(' ').Length / 2));
    }

    [Fact]
    public void The_newest_value_is_at_the_right_and_the_highest_at_the_top()
    {
        TrendView view = Of(7, VitalSign.Weight, OwnReadings.Weight(Now.AddDays(-7), 70m), OwnReadings.Weight(Now, 72m), OwnReadings.Weight(Now.AddDays(-3.5), 71m));
        Assert.Equal(["M90 210", "M340 110", "M590 10"], view.Lines(view.Series[0]).SelectMany(line => line[1..].Split(' ').Chunk(2).Select(point => $"M{point[0]} {point[1]}")));
        Assert.Equal((70m, 72m), (view.Lowest, view.Highest));
    }

    [Fact]
    public void Values_that_are_all_the_same_are_in_the_middle()
    {
        TrendView view = Of(7, VitalSign.Weight, OwnReadings.Weight(Now.AddDays(-1), 70m));
        Assert.Equal("110", view.Y(70m));
    }

    [Fact]
    public void A_pressure_has_two_lines_and_two_bands()
    {
        TrendView view = Of(30, VitalSign.BloodPressure, [.. Enumerable.Range(1, 8).Select(day => OwnReadings.Pressure(Now.AddDays(-day), 120 + day, 80 + day))]);
        Assert.Equal([new UsualRange(121, 128), new UsualRange(81, 88)], view.Bands);
        Assert.Equal([128m, 88m], view.Series.Select(series => series[0].Middle));
    }

    [Fact]
    public void The_band_is_in_the_unit_that_is_shown()
    {
        TrendView view = Of(30, VitalSign.Glucose, [.. Enumerable.Range(1, 7).Select(day => OwnReadings.Glucose(Now.AddDays(-day), 90 * (1 + (day % 2))))]);
        Assert.Equal("5.0–10.0", string.Create(CultureInfo.InvariantCulture, $"{view.Bands[0]!.Low}–{view.Bands[0]!.High}"));
        Assert.Equal("mmol/L", view.Unit!.Text);
    }

    [Fact]
    public void Many_values_are_shown_by_the_day_as_they_were_measured()
    {
        TrendView view = Of(7, VitalSign.Weight, [.. Enumerable.Range(0, 125).Select(i => OwnReadings.Weight(Now.AddHours(-i - 1), 70 + (i % 24 / 10m)))]);
        Assert.True(view.IsByDay);
        TrendPoint day = view.Series[0][^2];
        Assert.Equal((70.0m, 71.1m, 72.3m, 24), (day.Low, day.Middle, day.High, day.Count));
    }

    [Fact]
    public void What_is_absent_is_counted_and_not_drawn()
    {
        TrendView view = Of(7, null, OwnReadings.Pressure(Now.AddHours(-2), OwnReadings.NaN), OwnReadings.Pressure(Now.AddHours(-1)));
        Assert.Equal((VitalSign.BloodPressure, 1, 1), (view.Sign, view.Absent, view.Series[0].Count));
        Assert.Null(view.Bands[0]);
    }

    [Theory]
    [InlineData(0x2A9D, true)]
    [InlineData(0x2A35, false)]
    public void That_some_values_stand_for_others_is_told_of_their_sign_alone(int characteristic, bool isThinned)
    {
        TrendView view = Of(7, VitalSign.Weight, [(ushort)characteristic], [OwnReadings.Weight(Now.AddHours(-2), 70), OwnReadings.Pressure(Now.AddHours(-1)), OwnReadings.Weight(Now.AddHours(-1), 71)]);
        Assert.Equal((isThinned, 71m), (view.IsThinned, view.Latest!.Value.Number));
    }

    [Fact]
    public void What_the_device_doubts_is_counted_and_not_drawn()
    {
        // Pulse oximetry with measurement status: questionable.
        AcquiredReading early = SampleReadings.Record(0x2A5E, Convert.FromHexString("02" + "6100" + "4800" + "0040"), Now.AddHours(-1), context: new SessionContext { PlxMeasurementStatusSupport = 0xFFFF })
            with { Effective = new EffectiveTime(Now.AddHours(-1), StampUse.None) };
        TrendView view = Of(7, VitalSign.OxygenSaturation, early);
        Assert.Equal((1, 0, 0), (view.Doubtful, view.Absent, view.Series.Count));
    }

    [Fact]
    public async Task The_page_shows_picture_and_table_and_takes_no_word_that_it_does_not_know()
    {
        await using PagesBench bench = await PagesBench.OpenAsync();
        await OwnReadings.FillAsync(bench.Buffer, Now);
        PageBrowser person = await bench.SignInAsync(1);
        string page = await person.ReadAsync("/people/1/trends?sign=glucose&days=30");
        Assert.Contains("Glucose over 30 days, in mmol/L", page, StringComparison.Ordinal);
        Assert.Contains("class=\"band\"", page, StringComparison.Ordinal);
        Assert.Contains("25 November 2026, 08:30", page, StringComparison.Ordinal);
        Assert.Contains("5.4 mmol/L", page, StringComparison.Ordinal);
        Assert.Contains("Blood pressure over 7 days", await person.ReadAsync("/people/1/trends?sign=<b>&days=9999"), StringComparison.Ordinal);
        Assert.Contains("Nothing has been measured", await (await bench.SignInAsync(2)).ReadAsync("/people/2/trends"), StringComparison.Ordinal);
    }

    private static TrendView Of(int days, VitalSign? sign, params AcquiredReading[] readings) => Of(days, sign, [], readings);

    private static TrendView Of(int days, VitalSign? sign, HashSet<BluetoothUuid> thinned, AcquiredReading[] readings) => new(
        new HouseholdPerson(1, SampleReadings.Patient),
        new HistoryExcerpt([.. readings.OrderBy(reading => reading.Effective.Instant).Select((reading, i) => new BufferedReading(i + 1, reading))], thinned),
        TimeZoneInfo.Utc,
        ShownUnits.Of("mmol/L"),
        sign,
        days,
        Now);
}
