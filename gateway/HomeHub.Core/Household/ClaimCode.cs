using System.Security.Cryptography;

namespace HomeHub.Core.Household;

/// <summary>
/// The code on the hub's label with which a nurse makes the hub hers, once: 12 of 24 letters and digits that nobody takes for another (55 bits).
/// </summary>
public static class ClaimCode
{
    /// <summary>Letters and digits of a code, the groups' dashes not counted.</summary>
    public const int Length = 12;

    /// <summary>What it is of: nobody takes one for another.</summary>
    public const string Alphabet = "ACDEFGHJKMNPQRTUVWXY3479";

    private const int GroupLength = 4;

    /// <summary>A new code, in groups: <c>ACDE-FGHJ-KM34</c>.</summary>
    public static string Create() => Group(RandomNumberGenerator.GetString(Alphabet, Length));

    /// <summary>What somebody typed, as it was printed: case, spaces and dashes don't count. Null when it can't be a code.</summary>
    public static string? Normalise(string? typed)
    {
        if (typed is not { Length: <= 3 * Length })
        {
            return null;
        }

        string letters = string.Concat(typed.Where(c => c != '-' && !char.IsWhiteSpace(c))).ToUpperInvariant();
        return letters.Length == Length && letters.All(Alphabet.Contains) ? Group(letters) : null;
    }

    /// <summary>Letters in groups, as they stand on the label.</summary>
    public static string Group(string letters) => string.Join('-', letters.Chunk(GroupLength).Select(group => new string(group)));
}
