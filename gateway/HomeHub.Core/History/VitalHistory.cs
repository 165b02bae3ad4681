using HomeHub.Core.Buffering;

namespace HomeHub.Core.History;

/// <summary>A person's values of some weeks, and what is usual among them. Pure: the same readings and zone give the same.</summary>
public sealed class VitalHistory
{
    /// <summary>Readings of one characteristic that are looked at, at most: twelve a day for a month.</summary>
    public const int MaxEach = 400;

    private readonly TimeZoneInfo _home;
    private readonly ILookup<VitalSign, VitalValue> _values;

    /// <summary>Of the readings of a span.</summary>
    /// <param name="readings">By when they were measured, the oldest first.</param>
    /// <param name="home">The home's time zone: whose days count.</param>
    public VitalHistory(IEnumerable<BufferedReading> readings, TimeZoneInfo home)
    {
        _home = home;
        _values = readings.SelectMany(reading => VitalReader.Of(reading.Record)).ToLookup(value => value.Sign);
    }

    /// <summary>The signs of which there are values, in order.</summary>
    public IEnumerable<VitalSign> Signs => Enum.GetValues<VitalSign>().Where(_values.Contains);

    /// <summary>The values of a sign, the oldest first.</summary>
    public IEnumerable<VitalValue> Of(VitalSign sign) => _values[sign];

    /// <summary>The day of the home's calendar on which something was.</summary>
    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, _home).DateTime);

    /// <summary>How a value compares with those of the 30 days before it; null where too little is known, it is doubtful or has no number, or its two numbers disagree.</summary>
    public UsualWord? WordOf(VitalValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!value.IsPresent || value.IsDoubtful || UsualBefore(value, one => one.Value.Number) is not { } range)
        {
            return null;
        }

        UsualWord word = range.WordOf(value.Value.Number);
        if (value.Second is not { } second)
        {
            return word;
        }

        UsualWord other = UsualBefore(value, one => one.Second!.Value.Number)!.WordOf(second.Number);
        return word == UsualWord.AsUsual ? other : other == UsualWord.AsUsual || other == word ? word : null;
    }

    /// <summary>The usual range of one number of a sign up to an instant; null where too little is known.</summary>
    /// <param name="sign">The sign.</param>
    /// <param name="until">Only values before it count.</param>
    /// <param name="unit">UCUM code; only values in this unit count.</param>
    /// <param name="number">Which number of a value.</param>
    public UsualRange? Usual(VitalSign sign, DateTimeOffset until, string unit, Func<VitalValue, decimal> number) => UsualRange.Of(
        _values[sign]
            .Where(one => one.At < until && one.At >= until - UsualRange.Memory && one.IsPresent && !one.IsDoubtful && one.Unit.Ucum == unit)
            .Select(one => (DayOf(one.At), number(one))));

    private UsualRange? UsualBefore(VitalValue value, Func<VitalValue, decimal> number) => Usual(value.Sign, value.At, value.Unit.Ucum, number);
}
