using System.Globalization;

namespace HomeHub.CloudRelay.Api;

/// <summary>
/// Where a page ended: the next one begins after that row, whatever was stored in between; rows later than the search began are left out.
/// </summary>
/// <param name="LastSeq">The newest row when the search began.</param>
/// <param name="Start">Effective time of the page's last row, Unix milliseconds.</param>
/// <param name="Seq">The page's last row.</param>
internal readonly record struct PageCursor(long LastSeq, long Start, long Seq)
{
    /// <summary>Reads <see cref="ToString"/>.</summary>
    public static bool TryParse(string text, out PageCursor cursor)
    {
        var parts = text.Split('.');
        cursor = default;
        if (parts.Length != 3 || !TryNumber(parts[0], out var lastSeq) || !TryNumber(parts[1], out var start) || !TryNumber(parts[2], out var seq))
        {
            return false;
        }

        cursor = new PageCursor(lastSeq, start, seq);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{LastSeq}.{Start}.{Seq}");

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
