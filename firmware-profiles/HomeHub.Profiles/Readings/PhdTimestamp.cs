using System.Globalization;

namespace HomeHub.Profiles;

/// <summary>
/// The device's own time of a record, as it was sent: calendar fields that need not exist in the calendar (31 February, year 0), no zone
/// unless the device gave one. Never mixed with the time of reception or the effective time.
/// </summary>
/// <param name="Year">0 = unknown, else 1 to 9999 (the specification says 1582 to 9999; odd clocks are kept as they are).</param>
/// <param name="Month">0 = unknown, else 1 to 12.</param>
/// <param name="Day">0 = unknown, else 1 to 31.</param>
/// <param name="Hour">0 to 23.</param>
/// <param name="Minute">0 to 59.</param>
/// <param name="Second">0 to 59.</param>
/// <param name="OffsetQuarters">Offset from UTC in quarters of an hour (time zone and daylight saving together), null when the device gives none.</param>
public readonly record struct PhdTimestamp(
    ushort Year, byte Month, byte Day, byte Hour, byte Minute, byte Second, sbyte? OffsetQuarters = null)
{
    /// <summary>Smallest year that the Bluetooth Date Time field allows.</summary>
    public const int MinYear = 1582;

    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>True when year, month or day is zero: the record counts as one without a stamp.</summary>
    public bool IsUnknown => Year == 0 || Month == 0 || Day == 0;

    /// <summary>The stamp as a local date and time; false when it is unknown, before 1582, or no day of the calendar.</summary>
    public bool TryGetLocal(out DateTime local)
    {
        if (IsUnknown || Year < MinYear || Day > DateTime.DaysInMonth(Year, Month))
        {
            local = default;
            return false;
        }

        local = new DateTime(Year, Month, Day, Hour, Minute, Second, DateTimeKind.Unspecified);
        return true;
    }

    /// <summary>Seconds since 2000-01-01T00:00:00 on the device's own time scale; false as for <see cref="TryGetLocal"/>.</summary>
    public bool TryGetSecondsSince2000(out long seconds)
    {
        bool known = TryGetLocal(out DateTime local);
        seconds = known ? (local - Epoch).Ticks / TimeSpan.TicksPerSecond : 0;
        return known;
    }

    /// <summary>
    /// The stamp some minutes later or earlier, for records that give a time and an offset to it. Null when the stamp is unknown, and when it
    /// is no day of the calendar or would leave the years 1 to 9999: there is nothing to count from, and a stamp left as it was would be a
    /// wrong one. An offset of zero leaves any known stamp as it is.
    /// </summary>
    public PhdTimestamp? AddMinutes(int minutes)
    {
        if (minutes == 0)
        {
            return IsUnknown ? null : this;
        }

        if (!TryGetLocal(out DateTime local))
        {
            return null;
        }

        long ticks = local.Ticks + (minutes * TimeSpan.TicksPerMinute);
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks
            ? null
            : FromLocal(new DateTime(ticks, DateTimeKind.Unspecified), OffsetQuarters);
    }

    /// <summary>A stamp from a local date and time; fractions of a second are dropped.</summary>
    public static PhdTimestamp FromLocal(DateTime local, sbyte? offsetQuarters = null) =>
        new((ushort)local.Year, (byte)local.Month, (byte)local.Day, (byte)local.Hour, (byte)local.Minute, (byte)local.Second, offsetQuarters);

    /// <summary><c>2026-03-14T07:42:10</c>, unknown fields as zeros.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-{Month:D2}-{Day:D2}T{Hour:D2}:{Minute:D2}:{Second:D2}");
}
