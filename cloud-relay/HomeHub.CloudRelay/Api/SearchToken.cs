using System.Text;

namespace HomeHub.CloudRelay.Api;

/// <summary>One value of a token parameter (R4 search 3.1.1.4.10): <c>code</c>, <c>system|code</c>, <c>|code</c> or <c>system|</c>.</summary>
/// <param name="System">Null: any system. Empty: none.</param>
/// <param name="Code">Empty with <c>system|</c>: any code of the system.</param>
internal readonly record struct SearchToken(string? System, string Code)
{
    /// <summary>Splits a parameter at its commas (they mean "or"); backslash takes the meaning of <c>,</c> <c>|</c> <c>$</c> and itself away.</summary>
    public static IReadOnlyList<string> Split(string value, char separator, bool unescape)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && i + 1 < value.Length)
            {
                part.Append(unescape ? "" : "\\").Append(value[++i]);
            }
            else if (value[i] == separator)
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else
            {
                part.Append(value[i]);
            }
        }

        parts.Add(part.ToString());
        return parts;
    }

    /// <summary>Reads one value, its escapes still in it.</summary>
    public static bool TryParse(string value, out SearchToken token)
    {
        var parts = Split(value, '|', unescape: true);
        token = parts.Count == 1 ? new(null, parts[0]) : new(parts[0], parts[1]);
        return parts.Count <= 2 && (token.Code.Length > 0 || token.System is { Length: > 0 });
    }
}
