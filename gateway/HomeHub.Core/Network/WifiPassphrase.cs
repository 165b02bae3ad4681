namespace HomeHub.Core.Network;

/// <summary>What a passphrase of a wireless network can be (IEEE 802.11, J.4). Pure.</summary>
public static class WifiPassphrase
{
    /// <summary>Fewest and most characters of a passphrase.</summary>
    public const int MinChars = 8, MaxChars = 63;

    /// <summary>Hex digits of a key that is given in place of a passphrase.</summary>
    public const int KeyChars = 64;

    /// <summary>Whether it can be one: printable ASCII, or a key.</summary>
    public static bool IsPossible(string passphrase) => passphrase.Length == KeyChars
        ? passphrase.All(char.IsAsciiHexDigit)
        : passphrase.Length is >= MinChars and <= MaxChars && passphrase.All(letter => letter is >= ' ' and <= '~');
}
