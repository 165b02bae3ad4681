using HomeHub.Profiles;

namespace HomeHub.Core.Capture.Anonymising;

/// <summary>
/// Moves all times of a capture back by the same number of whole days: order and distances stay, and so do the time of day and the offset from UTC.
/// </summary>
/// <param name="Days">How many days back, <see cref="MinDays"/> to <see cref="MaxDays"/>.</param>
public readonly record struct DateShift(int Days)
{
    /// <summary>Fewest days: more than a year, so that not even an incomplete date stays what it was.</summary>
    public const int MinDays = 366;

    /// <summary>Most days, ten years: dates stay dates that devices and servers take.</summary>
    public const int MaxDays = 3_653;

    /// <summary>Earliest year of an instant that capture lines hold.</summary>
    private const int MinInstantYear = 1901;

    /// <summary>Moves an instant; false when a capture line could not hold it then.</summary>
    public bool TryMove(DateTimeOffset instant, out DateTimeOffset moved)
    {
        bool isHeld = instant.Year > MinInstantYear + ((MaxDays / 365) + 1);
        moved = isHeld ? instant.AddDays(-Days) : default;
        return isHeld;
    }

    /// <summary>
    /// Moves a device's stamp. Of an incomplete date, which counts as none, nothing but the time of day stays. A day that no calendar has (31 June) becomes
    /// one of an earlier year. False when there is no such date, or it would become a date where it was none before.
    /// </summary>
    public bool TryMove(PhdTimestamp stamp, out PhdTimestamp moved)
    {
        if (stamp.IsUnknown)
        {
            moved = stamp with { Year = 0, Month = 0, Day = 0 };
            return true;
        }

        moved = default;
        if (stamp.Day > DateTime.DaysInMonth(stamp.Year, stamp.Month))
        {
            return TryMoveNoDay(stamp, out moved);
        }

        var day = new DateTime(stamp.Year, stamp.Month, stamp.Day);
        if ((day - DateTime.MinValue).Days < Days)
        {
            return false;
        }

        day = day.AddDays(-Days);
        moved = stamp with { Year = (ushort)day.Year, Month = (byte)day.Month, Day = (byte)day.Day };
        return moved.TryGetLocal(out _) == stamp.TryGetLocal(out _);
    }

    private bool TryMoveNoDay(PhdTimestamp stamp, out PhdTimestamp moved)
    {
        int year = stamp.Year - (Days / 365);

        // 29 February: not into a leap year, where it would become a day.
        while (year >= PhdTimestamp.MinYear && stamp.Day <= DateTime.DaysInMonth(year, stamp.Month))
        {
            year--;
        }

        bool isMoved = year >= PhdTimestamp.MinYear;
        moved = isMoved ? stamp with { Year = (ushort)year } : default;
        return isMoved;
    }
}
