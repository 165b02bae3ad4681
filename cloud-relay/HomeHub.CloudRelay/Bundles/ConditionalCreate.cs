namespace HomeHub.CloudRelay.Bundles;

/// <summary>Reads <c>Bundle.entry.request.ifNoneExist</c> of the one form that the contract has: <c>identifier=system|value</c>.</summary>
internal static class ConditionalCreate
{
    private static ReadOnlySpan<byte> Parameter => "identifier="u8;

    /// <summary>
    /// Reads the query: percent-escapes first, then the search escapes (backslash before <c>,</c> <c>|</c> <c>$</c> and itself).
    /// </summary>
    /// <param name="query">The text of ifNoneExist, at most <see cref="ResourceKey.MaxIdentifierBytes"/>.</param>
    /// <param name="key">The key of the identifier.</param>
    /// <returns>False for any other query.</returns>
    public static bool TryParse(ReadOnlySpan<byte> query, out ResourceKey key)
    {
        key = default;
        if (!query.StartsWith(Parameter) || query.Length > ResourceKey.MaxIdentifierBytes)
        {
            return false;
        }

        Span<byte> text = stackalloc byte[ResourceKey.MaxIdentifierBytes];
        var length = 0;
        var bar = -1;
        query = query[Parameter.Length..];
        for (var i = 0; i < query.Length; i++)
        {
            if (!TryNext(query, ref i, out var octet))
            {
                return false;
            }

            if (octet == '\\')
            {
                if (++i >= query.Length || !TryNext(query, ref i, out octet))
                {
                    return false;
                }
            }
            else if (octet == '|')
            {
                if (bar >= 0)
                {
                    return false;
                }

                bar = length;
                continue;
            }
            else if (octet is (byte)',' or (byte)'$')
            {
                return false;
            }

            text[length++] = octet;
        }

        return bar >= 0 && ResourceKey.TryFromIdentifier(text[..bar], text[bar..length], out key);
    }

    private static bool TryNext(ReadOnlySpan<byte> query, ref int i, out byte octet)
    {
        octet = query[i];
        switch (octet)
        {
            case (byte)'&' or (byte)'#':
                return false;
            case (byte)'+':
                octet = (byte)' ';
                return true;
            case (byte)'%':
                if (i + 2 >= query.Length || Hex(query[i + 1]) is not (>= 0 and var high) || Hex(query[i + 2]) is not (>= 0 and var low))
                {
                    return false;
                }

                octet = (byte)((high << 4) | low);
                i += 2;
                return true;
            default:
                return true;
        }
    }

    private static int Hex(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        _ => -1,
    };
}
