using System.Globalization;

namespace HomeHub.Gateway.Capture;

/// <summary>Compares what a replay told with what was expected of it, line by line.</summary>
internal static class ReplayDifference
{
    /// <summary>Most lines that are shown; what follows a missing line differs all the way down.</summary>
    public const int MaxShown = 10;

    /// <summary>What differs, in lines for a person; empty when nothing does.</summary>
    public static IReadOnlyList<string> Between(string expected, string told)
    {
        string[] wanted = LinesOf(expected), got = LinesOf(told);
        int[] differing = [.. Enumerable.Range(0, Math.Max(wanted.Length, got.Length)).Where(i => wanted.ElementAtOrDefault(i) != got.ElementAtOrDefault(i))];
        List<string> shown = [];
        foreach (int i in differing.Take(MaxShown))
        {
            string? want = wanted.ElementAtOrDefault(i), have = got.ElementAtOrDefault(i);
            shown.Add(string.Create(CultureInfo.InvariantCulture, $"reading {i + 1}{At(want, have)}:"));
            shown.Add($"  - {want ?? "(nothing more is expected)"}");
            shown.Add($"  + {have ?? "(nothing more came)"}");
        }

        if (differing.Length > MaxShown)
        {
            shown.Add(string.Create(CultureInfo.InvariantCulture, $"and {differing.Length - MaxShown} more that differ"));
        }

        return shown;
    }

    /// <summary>Where two lines part, so that nobody has to compare them by eye.</summary>
    private static string At(string? want, string? have)
    {
        if (want is null || have is null)
        {
            return "";
        }

        int at = want.AsSpan().CommonPrefixLength(have);
        int key = at == 0 ? -1 : want.LastIndexOf("\":", at - 1, StringComparison.Ordinal);
        int start = key <= 0 ? -1 : want.LastIndexOf('"', key - 1);
        return start < 0 ? "" : $" differs in {want[(start + 1)..key]}";
    }

    private static string[] LinesOf(string text) => [.. text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0)];
}
