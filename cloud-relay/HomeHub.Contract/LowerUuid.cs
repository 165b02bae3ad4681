using System.Buffers;

namespace HomeHub.Contract;

/// <summary>
/// Strict reader of <c>8-4-4-4-12</c> lower-case UUIDs. <see cref="Guid.TryParseExact(ReadOnlySpan{char}, ReadOnlySpan{char}, out Guid)"/>
/// trims blanks and takes capitals, so that two topics could mean one Bundle.
/// </summary>
internal static class LowerUuid
{
    private static readonly SearchValues<char> Characters = SearchValues.Create("0123456789abcdef-");

    public static bool TryParse(ReadOnlySpan<char> text, out Guid uuid)
    {
        uuid = default;
        return text.Length == 36 && !text.ContainsAnyExcept(Characters) && Guid.TryParseExact(text, "D", out uuid);
    }
}
