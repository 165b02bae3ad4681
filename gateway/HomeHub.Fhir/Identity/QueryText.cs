using System.Text;

namespace HomeHub.Fhir.Identity;

/// <summary>Text within the query string of <c>ifNoneExist</c> (FHIR R4 search, "escaping search parameters", and RFC 3986).</summary>
internal static class QueryText
{
    /// <summary>
    /// A parameter's value: what separates values in FHIR (<c>, | $</c> and the backslash itself) gets a backslash, and what means something
    /// in a URL, blanks, control characters and everything outside ASCII is percent-encoded.
    /// </summary>
    public static string Escape(string value)
    {
        var text = new StringBuilder(value.Length + 8);
        foreach (byte octet in Encoding.UTF8.GetBytes(value))
        {
            char c = (char)octet;
            if (c is ',' or '|' or '$' or '\\')
            {
                text.Append('\\').Append(c);
            }
            else if (c is '+' or '&' or '#' or '%' or '"' or '<' or '>' or <= ' ' or >= '\x7F')
            {
                text.Append('%').Append(octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }

    /// <summary><c>identifier=system|value</c>.</summary>
    public static string Identifier(string system, string value) => $"identifier={Escape(system)}|{Escape(value)}";
}
