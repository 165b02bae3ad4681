namespace HomeHub.CloudRelay.Bundles;

/// <summary>
/// FHIR date, dateTime and instant as the range of time that they stand for (R4 search 3.1.1.4.7): <c>2026-03</c> is the whole month,
/// <c>…T07:43:15+01:00</c> that second.
/// </summary>
internal static class FhirDateTime
{
    private const int MaxFractionDigits = 9;

    /// <summary>
    /// Reads year, month, day, minute, second or fraction precision; a time of day without an offset is taken as UTC, and a blank where
    /// a plus sign belongs as the plus sign (an unescaped <c>+</c> in a query arrives so).
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="start">First millisecond since 1970-01-01T00:00:00Z.</param>
    /// <param name="end">First millisecond after the range.</param>
    /// <returns>False where the text is none of those forms.</returns>
    public static bool TryParseRange(ReadOnlySpan<byte> text, out long start, out long end)
    {
        start = end = 0;
        if (!TryNumber(text, 0, 4, out var year) || year < 1)
        {
            return false;
        }

        if (text.Length == 4)
        {
            return year < 9999 && Range(new(year, 1, 1, 0, 0, 0, DateTimeKind.Utc), d => d.AddYears(1), out start, out end);
        }

        if (text[4] != '-' || !TryNumber(text, 5, 2, out var month) || month is < 1 or > 12)
        {
            return false;
        }

        if (text.Length == 7)
        {
            return year < 9999 && Range(new(year, month, 1, 0, 0, 0, DateTimeKind.Utc), d => d.AddMonths(1), out start, out end);
        }

        if (text[7] != '-' || !TryNumber(text, 8, 2, out var day) || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        var date = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc);
        if (text.Length == 10)
        {
            return year < 9999 && Range(date, d => d.AddDays(1), out start, out end);
        }

        return text[10] == 'T' && TryParseTime(date, text[11..], out start, out end);
    }

    private static bool TryParseTime(DateTime date, ReadOnlySpan<byte> text, out long start, out long end)
    {
        start = end = 0;
        if (!TryNumber(text, 0, 2, out var hour) || hour > 23 || text.Length < 5 || text[2] != ':'
            || !TryNumber(text, 3, 2, out var minute) || minute > 59)
        {
            return false;
        }

        var at = 5;
        var second = 0;
        long width = 60_000;
        var milliseconds = 0L;
        if (at < text.Length && text[at] == ':')
        {
            // 60 is a leap second, which UTC milliseconds can't name: it is read as the second after.
            if (!TryNumber(text, at + 1, 2, out second) || second > 60)
            {
                return false;
            }

            at += 3;
            width = 1_000;
            if (at < text.Length && text[at] == '.' && !TryFraction(text, ref at, out milliseconds, out width))
            {
                return false;
            }
        }

        if (!TryOffset(text[at..], out var offsetMinutes))
        {
            return false;
        }

        start = Milliseconds(date) + (((hour * 60L) + minute - offsetMinutes) * 60_000L) + (second * 1_000L) + milliseconds;
        end = start + width;
        return true;
    }

    private static bool TryFraction(ReadOnlySpan<byte> text, ref int at, out long milliseconds, out long width)
    {
        milliseconds = 0;
        width = 1_000;
        var digits = 0;
        for (at++; at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9'; at++, digits++)
        {
            // Below a millisecond the store does not tell apart.
            if (width > 1)
            {
                width /= 10;
                milliseconds += (text[at] - '0') * width;
            }
        }

        return digits is > 0 and <= MaxFractionDigits;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.IsEmpty || text.SequenceEqual("Z"u8))
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-' or (byte)' ') || text[3] != ':'
            || !TryNumber(text, 1, 2, out var hour) || hour > 14 || !TryNumber(text, 4, 2, out var minute) || minute > 59)
        {
            return false;
        }

        minutes = ((hour * 60) + minute) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool Range(DateTime from, Func<DateTime, DateTime> next, out long start, out long end)
    {
        start = Milliseconds(from);
        end = Milliseconds(next(from));
        return true;
    }

    private static long Milliseconds(DateTime utc) => (utc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;

    private static bool TryNumber(ReadOnlySpan<byte> text, int at, int digits, out int number)
    {
        number = 0;
        if (text.Length < at + digits)
        {
            return false;
        }

        foreach (var digit in text.Slice(at, digits))
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return true;
    }
}
