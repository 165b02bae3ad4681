using System.Text;

namespace HomeHub.DBus;

/// <summary>Takes signatures apart (D-Bus specification, type system).</summary>
internal static class Signatures
{
    /// <summary>Longest signature, and so the deepest nesting, by the specification.</summary>
    public const int MaxLength = 255;

    /// <summary>The complete types of a signature, in order.</summary>
    /// <exception cref="DBusException">It is none.</exception>
    public static IReadOnlyList<string> Split(string signature)
    {
        if (signature.Length > MaxLength)
        {
            throw new DBusException(DBusErrors.InvalidArgs, "A signature is too long.");
        }

        List<string> types = [];
        for (int at = 0; at < signature.Length;)
        {
            int end = EndOf(signature, at);
            types.Add(signature[at..end]);
            at = end;
        }

        return types;
    }

    /// <summary>The signature of a value whose .NET type tells it.</summary>
    /// <exception cref="DBusException">It does not.</exception>
    public static string Of(object value) => value switch
    {
        DBusVariant => "v",
        byte => "y",
        bool => "b",
        short => "n",
        ushort => "q",
        int => "i",
        uint => "u",
        long => "x",
        ulong => "t",
        double => "d",
        string => "s",
        DBusPath => "o",
        byte[] => "ay",
        string[] or IReadOnlyList<string> => "as",
        DBusPath[] or IReadOnlyList<DBusPath> => "ao",
        IReadOnlyDictionary<string, object> => "a{sv}",
        IReadOnlyDictionary<ushort, object> => "a{qv}",
        _ => throw new DBusException(DBusErrors.InvalidArgs, new StringBuilder("A variant of ").Append(value.GetType().Name).Append(" needs a signature.").ToString()),
    };

    private static int EndOf(string signature, int at)
    {
        if (at >= signature.Length)
        {
            throw new DBusException(DBusErrors.InvalidArgs, "A signature ends too early.");
        }

        return signature[at] switch
        {
            'a' => EndOf(signature, at + 1),
            '(' => EndOfGroup(signature, at + 1, ')'),
            '{' => EndOfGroup(signature, at + 1, '}'),
            'y' or 'b' or 'n' or 'q' or 'i' or 'u' or 'x' or 't' or 'd' or 's' or 'o' or 'g' or 'v' => at + 1,
            _ => throw new DBusException(DBusErrors.InvalidArgs, $"A signature holds {signature[at]}, which is not supported."),
        };
    }

    private static int EndOfGroup(string signature, int at, char close)
    {
        while (at < signature.Length && signature[at] != close)
        {
            at = EndOf(signature, at);
        }

        return at < signature.Length ? at + 1 : throw new DBusException(DBusErrors.InvalidArgs, "A signature is not closed.");
    }
}
