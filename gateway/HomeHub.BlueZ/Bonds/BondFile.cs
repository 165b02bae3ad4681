using HomeHub.Core.Peripherals;

namespace HomeHub.BlueZ.Bonds;

/// <summary>The kind of a bond from BlueZ's own file, <c>info</c>, where this process may read it. Only two of its lines are looked at, never the key.</summary>
internal static class BondFile
{
    /// <summary>The kind of bond; <see cref="BondSecurity.Unknown"/> when the file can't be read or does not tell.</summary>
    public static BondSecurity Read(string folder, string adapterAddress, string address)
    {
        string path = Path.Combine(folder, adapterAddress, address, "info");
        try
        {
            return Parse(File.ReadLines(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return BondSecurity.Unknown;
        }
    }

    /// <summary>The kind of a key by the kernel's numbers, which BlueZ writes down as they are.</summary>
    public static BondSecurity OfKeyType(byte type) => type switch
    {
        0 or 1 => BondSecurity.Legacy,
        2 => BondSecurity.SecureConnections,
        3 => BondSecurity.SecureConnectionsAuthenticated,
        _ => BondSecurity.Unknown,
    };

    private static BondSecurity Parse(IEnumerable<string> lines)
    {
        bool inKey = false;
        byte? type = null;
        foreach (string line in lines)
        {
            if (line.StartsWith('['))
            {
                // The key's section was renamed when the specification dropped the word slave.
                inKey = line is "[LongTermKey]" or "[PeripheralLongTermKey]" or "[SlaveLongTermKey]";
            }
            else if (inKey && line.StartsWith("Authenticated=", StringComparison.Ordinal) && byte.TryParse(line.AsSpan(14), out byte found))
            {
                type = found;
            }
        }

        return type is { } known ? OfKeyType(known) : BondSecurity.Unknown;
    }
}
