namespace HomeHub.Contract;

/// <summary>
/// What a hub found of itself, a word a check: <c>good</c>, <c>off</c>, or outcome and reason as <c>warning:disk-low</c>, of a-z, dash and one colon, at most
/// <see cref="ContractLimits.MaxCheckCharacters"/> characters; null for a check that was not made. A reader passes over checks that it does not know, and takes a word that
/// it does not know for one that somebody should look at.
/// </summary>
/// <param name="Database">Member <c>database</c>.</param>
/// <param name="Disk">Member <c>disk</c>.</param>
/// <param name="Clock">Member <c>clock</c>.</param>
/// <param name="Certificates">Member <c>certificates</c>.</param>
/// <param name="Adapter">Member <c>adapter</c>.</param>
public sealed record HubChecks(string? Database = null, string? Disk = null, string? Clock = null, string? Certificates = null, string? Adapter = null)
{
    /// <summary>Whether somebody should look at the hub.</summary>
    public bool NeedsAttention => Members.Any(check => check.Word is not (null or "good" or "off") && !check.Word.StartsWith("unknown", StringComparison.Ordinal));

    /// <summary>Names of the members with their words.</summary>
    internal IEnumerable<(string Name, string? Word)> Members =>
        [("database", Database), ("disk", Disk), ("clock", Clock), ("certificates", Certificates), ("adapter", Adapter)];

    /// <summary>Whether a text is the word of a check.</summary>
    internal static bool IsWord(string? word) =>
        word is { Length: > 0 and <= ContractLimits.MaxCheckCharacters } && word.All(letter => char.IsAsciiLetterLower(letter) || letter is '-' or ':') && word.Count(letter => letter == ':') <= 1;
}
