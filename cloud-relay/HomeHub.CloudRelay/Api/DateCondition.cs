using System.Text;
using HomeHub.CloudRelay.Bundles;

namespace HomeHub.CloudRelay.Api;

/// <summary>One value of a date parameter: prefix and the range of time that the rest stands for (R4 search 3.1.1.4.7 and 3.1.1.4.5).</summary>
/// <param name="Prefix">One of <c>eq ne gt lt ge le sa eb ap</c>.</param>
/// <param name="Start">First millisecond, Unix time.</param>
/// <param name="End">First millisecond after.</param>
internal readonly record struct DateCondition(string Prefix, long Start, long End)
{
    private static readonly string[] Prefixes = ["eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap"];

    /// <summary>Reads a value, for instance <c>ge2026-03-14</c>. No prefix means <c>eq</c>.</summary>
    public static bool TryParse(string text, out DateCondition condition)
    {
        var prefix = "eq";
        if (text.Length > 2 && char.IsAsciiLetter(text[0]))
        {
            prefix = text[..2];
            text = text[2..];
        }

        var good = FhirDateTime.TryParseRange(Encoding.UTF8.GetBytes(text), out var start, out var end);
        condition = new DateCondition(prefix, start, end);
        return good && Array.IndexOf(Prefixes, prefix) >= 0;
    }

    /// <summary>
    /// The condition on a resource whose time is a range. <c>ap</c> widens by a tenth of the distance from now, as the specification suggests.
    /// </summary>
    /// <param name="start">SQL for the first millisecond of the resource's range.</param>
    /// <param name="end">SQL for the first millisecond after it.</param>
    /// <param name="maxSpan">The longest range that occurs, in milliseconds: lets an index on the start be used for conditions on the end.</param>
    /// <param name="now">Now.</param>
    /// <returns>SQL of numbers only.</returns>
    public string ToSql(string start, string end, long maxSpan, DateTimeOffset now)
    {
        var (from, to) = (Start, End);
        if (Prefix == "ap")
        {
            var middle = from + ((to - from) / 2);
            var margin = Math.Abs(now.ToUnixTimeMilliseconds() - middle) / 10;
            (from, to) = (from - margin, to + margin);
        }

        var contained = Sql($"({start} >= {from} AND {start} < {to} AND {end} <= {to})");
        var reachesAfter = Sql($"({start} > {to - maxSpan} AND {end} > {to})");
        return Prefix switch
        {
            "eq" => contained,
            "ne" => $"NOT {contained}",
            "gt" => reachesAfter,
            "lt" => Sql($"{start} < {from}"),
            "ge" => $"({reachesAfter} OR {contained})",
            "le" => Sql($"({start} < {from} OR {contained})"),
            "sa" => Sql($"{start} >= {to}"),
            "eb" => Sql($"({start} < {from} AND {end} <= {from})"),
            _ => Sql($"({start} > {from - maxSpan} AND {start} < {to} AND {end} > {from})"),
        };
    }

    private static string Sql(FormattableString sql) => FormattableString.Invariant(sql);
}
