namespace HomeHub.CloudRelay.Bundles;

/// <summary>The codings of one <c>Observation.code</c>. There are few distinct ones, so each is kept once and shared.</summary>
/// <param name="Codings">System (empty if none) and code of each coding, in order.</param>
/// <param name="Canonical">The codings as one text, by which equal sets are recognised.</param>
internal sealed record CodeSet(IReadOnlyList<(string System, string Code)> Codings, string Canonical)
{
    /// <summary>Most codings that a code may have.</summary>
    public const int MaxCodings = 16;

    /// <summary>Makes a set out of its codings.</summary>
    public static CodeSet Of(IReadOnlyList<(string System, string Code)> codings) =>
        new(codings, string.Join('\n', codings.Select(coding => $"{Plain(coding.System)}|{Plain(coding.Code)}")));

    /// <summary>No two lists of codings become the same text, whatever stands in them.</summary>
    private static string Plain(string text) => text.AsSpan().IndexOfAny('\\', '|', '\n') < 0
        ? text
        : text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\p", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
