namespace HomeHub.Core.History;

/// <summary>
/// Between which numbers a person's own values lie as a rule: from the 5th to the 95th percentile of what was measured in the 30 days before, by nearest rank. It says
/// what is usual for this person, never what is good: no diagnosis comes of it.
/// </summary>
/// <param name="Low">The 5th percentile, in the unit of the values.</param>
/// <param name="High">The 95th percentile; not below <paramref name="Low"/>.</param>
public sealed record UsualRange(decimal Low, decimal High)
{
    /// <summary>How far back is looked.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(30);

    /// <summary>On how many different days something must have been measured before anything is called usual.</summary>
    public const int MinDays = 7;

    private const int LowPercent = 5, HighPercent = 95;

    /// <summary>The range of some numbers; null when they are of fewer than <see cref="MinDays"/> different days.</summary>
    /// <param name="values">Each number with the day of the home's calendar on which it was measured.</param>
    public static UsualRange? Of(IEnumerable<(DateOnly Day, decimal Number)> values)
    {
        (DateOnly Day, decimal Number)[] all = [.. values];
        if (all.Select(one => one.Day).Distinct().Take(MinDays).Count() < MinDays)
        {
            return null;
        }

        decimal[] sorted = [.. all.Select(one => one.Number).Order()];
        return new UsualRange(Ranked(sorted, LowPercent), Ranked(sorted, HighPercent));
    }

    /// <summary>Where a number lies.</summary>
    public UsualWord WordOf(decimal number) => number < Low ? UsualWord.Lower : number > High ? UsualWord.Higher : UsualWord.AsUsual;

    /// <summary>Nearest rank: the smallest number that is not below so many per cent of all.</summary>
    private static decimal Ranked(decimal[] sorted, int percent) => sorted[Math.Max(0, ((sorted.Length * percent) + 99) / 100 - 1)];
}
