using System.Globalization;

namespace HomeHub.CloudRelay.Api;

/// <summary>
/// Where a page ended, and the moment of the whole search: what was stored after that is no part of it, and what was updated after that stays where
/// it was.
/// </summary>
/// <param name="LastBundle">The newest Bundle when the search began.</param>
/// <param name="Key">What the page's last row is sorted by: number of its row or Bundle, or effective time in Unix milliseconds.</param>
/// <param name="Seq">The page's last row.</param>
/// <param name="First">The last row so far that is shown in its first version.</param>
/// <param name="Total">Rows that matched when the search began.</param>
internal readonly record struct PageCursor(long LastBundle, long Key, long Seq, long First, long Total)
{
    /// <summary>Reads <see cref="ToString"/>.</summary>
    public static bool TryParse(string text, out PageCursor cursor)
    {
        var parts = text.Split('.');
        var numbers = new long[5];
        cursor = default;
        if (parts.Length != numbers.Length)
        {
            return false;
        }

        for (var i = 0; i < numbers.Length; i++)
        {
            if (!long.TryParse(parts[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return false;
            }
        }

        cursor = new PageCursor(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
        return cursor.Total >= 0;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{LastBundle}.{Key}.{Seq}.{First}.{Total}");
}
