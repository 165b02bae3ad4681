using System.Globalization;
using HomeHub.Core.Buffering;
using HomeHub.Core.History;
using HomeHub.Core.Household;
using HomeHub.Profiles;

namespace HomeHub.Web.Own;

/// <summary>A vital sign over some days, as it is drawn and as it stands in the table. Pure, but for what it was given.</summary>
public sealed class TrendView
{
    /// <summary>Lengths to choose from, in days.</summary>
    public static readonly int[] Lengths = [7, 30, 90];

    /// <summary>Values beyond which each day is shown by its lowest, middle and highest one: more can't be told apart in a picture, nor read in a table.</summary>
    public const int MostSingle = 120;

    private const int Left = 90, Width = 500, Top = 10, Height = 200;

    private readonly VitalHistory _history;
    private readonly DateTimeOffset _from, _until;
    private readonly decimal _lowest, _highest;

    /// <summary>Of a person's readings.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="excerpt">Readings of the days and of the 30 before the end, the oldest first.</param>
    /// <param name="home">The home's time zone.</param>
    /// <param name="units">In which units values are shown.</param>
    /// <param name="sign">Which sign; null: the first of which there are values.</param>
    /// <param name="days">How many days, one of <see cref="Lengths"/>.</param>
    /// <param name="until">Up to when.</param>
    public TrendView(HouseholdPerson person, HistoryExcerpt excerpt, TimeZoneInfo home, ShownUnits units, VitalSign? sign, int days, DateTimeOffset until)
    {
        (Person, Units, Days, _from, _until) = (person, units, days, until.AddDays(-days), until);
        _history = new VitalHistory(excerpt.Readings, home);
        Signs = [.. _history.Signs];
        Sign = sign ?? (Signs.Count > 0 ? Signs[0] : null);
        IsThinned = excerpt.Readings.Any(reading => excerpt.Thinned.Contains(reading.Record.Characteristic) && VitalReader.Of(reading.Record).Any(value => value.Sign == Sign));
        VitalValue[] all = Sign is { } shown ? [.. _history.Of(shown).Where(value => value.At >= _from && value.At <= _until)] : [];
        Absent = all.Count(value => !value.IsPresent);
        Doubtful = all.Count(value => value.IsPresent && value.IsDoubtful);
        all = Array.FindAll(all, value => value.IsPresent && !value.IsDoubtful);

        // Devices of other units stand beside each other as they are shown.
        Unit = all.Length > 0 ? units.Of(all[^1].Unit) : null;
        all = Array.FindAll(all, value => units.Of(value.Unit) == Unit);
        Latest = all.Length > 0 ? all[^1] : null;
        IsByDay = all.Length > MostSingle;
        Series = all.Length == 0 ? [] : all[0].Second is null ? [SeriesOf(all, First)] : [SeriesOf(all, First), SeriesOf(all, value => value.Second!.Value.Number)];
        Bands = all.Length == 0 ? [] : [.. Series.Select((_, i) => BandOf(all[^1], i == 0 ? First : value => value.Second!.Value.Number))];
        decimal[] numbers = [.. Series.SelectMany(series => series.SelectMany(point => new[] { point.Low, point.High })), .. Bands.OfType<UsualRange>().SelectMany(band => new[] { band.Low, band.High })];
        (_lowest, _highest) = numbers.Length == 0 ? (0, 0) : (numbers.Min(), numbers.Max());
    }

    /// <summary>Whose.</summary>
    public HouseholdPerson Person { get; }

    /// <summary>How many days.</summary>
    public int Days { get; }

    /// <summary>In which units values are shown.</summary>
    public ShownUnits Units { get; }

    /// <summary>The signs to choose from.</summary>
    public IReadOnlyList<VitalSign> Signs { get; }

    /// <summary>The sign that is shown; null where there is none.</summary>
    public VitalSign? Sign { get; }

    /// <summary>Unit of the numbers; null where there are none.</summary>
    public Unit? Unit { get; }

    /// <summary>The values, the oldest first; of a blood pressure the systolic ones, then the diastolic ones.</summary>
    public IReadOnlyList<IReadOnlyList<TrendPoint>> Series { get; }

    /// <summary>What is usual, for each of <see cref="Series"/>; null where too little is known.</summary>
    public IReadOnlyList<UsualRange?> Bands { get; }

    /// <summary>True when each point stands for a day.</summary>
    public bool IsByDay { get; }

    /// <summary>The latest value that is drawn; null where there is none.</summary>
    public VitalValue? Latest { get; }

    /// <summary>True when there were more readings of the sign than were looked at: lower and higher values may be among the others.</summary>
    public bool IsThinned { get; }

    /// <summary>How many measurements gave no number.</summary>
    public int Absent { get; }

    /// <summary>How many numbers the device itself doubted; they are not drawn.</summary>
    public int Doubtful { get; }

    /// <summary>Number at the lower end of the picture.</summary>
    public decimal Lowest => _lowest;

    /// <summary>Number at the upper end.</summary>
    public decimal Highest => _highest;

    /// <summary>Instant at the left end.</summary>
    public DateTimeOffset From => _from;

    /// <summary>Instant at the right end.</summary>
    public DateTimeOffset Until => _until;

    /// <summary>From the left, in units of the picture.</summary>
    public string X(DateTimeOffset at) => Text(Left + (Width * ((decimal)(at - _from).Ticks / (_until - _from).Ticks)));

    /// <summary>From the top.</summary>
    public string Y(decimal number) => Text(_highest == _lowest ? Top + (Height / 2) : Top + (Height * (_highest - number) / (_highest - _lowest)));

    /// <summary>Height of what lies between two numbers, never nothing.</summary>
    public string HeightOf(decimal low, decimal high) => Text(_highest == _lowest ? 2 : Math.Max(2, Height * (high - low) / (_highest - _lowest)));

    /// <summary>Paths through the points, one for each run of days without a gap: over days on which nothing was measured nobody knows how it was.</summary>
    public IEnumerable<string> Lines(IReadOnlyList<TrendPoint> series)
    {
        var line = new List<TrendPoint>();
        foreach (TrendPoint point in series)
        {
            if (line.Count > 0 && _history.DayOf(point.At).DayNumber - _history.DayOf(line[^1].At).DayNumber > 1)
            {
                yield return PathOf(line);
                line.Clear();
            }

            line.Add(point);
        }

        if (line.Count > 0)
        {
            yield return PathOf(line);
        }
    }

    private static decimal First(VitalValue value) => value.Value.Number;

    private static string Text(decimal number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private string PathOf(List<TrendPoint> line) => "M" + string.Join(' ', line.Select(point => $"{X(point.At)} {Y(point.Middle)}"));

    private TrendPoint[] SeriesOf(VitalValue[] values, Func<VitalValue, decimal> number)
    {
        IEnumerable<(DateTimeOffset At, decimal Number)> shown = values.Select(value => (value.At, Units.Convert(number(value), value.Unit)));
        return IsByDay
            ? [.. shown.GroupBy(one => _history.DayOf(one.At)).Select(day => PointOf([.. day]))]
            : [.. shown.Select(one => new TrendPoint(one.At, one.Number, one.Number, one.Number, 1))];
    }

    /// <summary>A day by a value that was measured: the one in the middle, of two the lower one.</summary>
    private static TrendPoint PointOf((DateTimeOffset At, decimal Number)[] day)
    {
        decimal[] sorted = [.. day.Select(one => one.Number).Order()];
        return new TrendPoint(day[day.Length / 2].At, sorted[0], sorted[(sorted.Length - 1) / 2], sorted[^1], sorted.Length);
    }

    private UsualRange? BandOf(VitalValue last, Func<VitalValue, decimal> number) =>
        _history.Usual(last.Sign, _until, last.Unit.Ucum, number) is { } range ? new UsualRange(Units.Convert(range.Low, last.Unit), Units.Convert(range.High, last.Unit)) : null;
}
