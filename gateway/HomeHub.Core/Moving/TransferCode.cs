using System.Security.Cryptography;

namespace HomeHub.Core.Moving;

/// <summary>
/// The code that opens the archive of a history that moves to another hub: 128 random bits and 12 bits by which a slip in typing is found, as 28 letters and digits of Crockford's base32
/// in groups of four. Shown once, kept nowhere.
/// </summary>
public sealed class TransferCode
{
    /// <summary>Longest that is looked at, in characters: dashes and spaces are not counted as letters.</summary>
    public const int MaxTypedChars = 80;

    /// <summary>Length of what the archive's key is derived from, in bytes.</summary>
    public const int SecretBytes = 16;

    private const int Letters = 28, GroupLength = 4, BitsOfLetter = 5, CheckBits = 12;
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private TransferCode(byte[] secret) => Secret = secret;

    /// <summary>What the archive's key is derived from.</summary>
    public ReadOnlyMemory<byte> Secret { get; }

    /// <summary>The code as it is shown: <c>0123-4567-…</c>.</summary>
    public string Text
    {
        get
        {
            UInt128 secret = ValueOf(Secret.Span);
            uint check = CheckOf(Secret.Span);
            var letters = new char[Letters];

            // The 140 bits as two numbers: the first 128, and the 12 behind them.
            for (int i = 0; i < Letters; i++)
            {
                letters[i] = Alphabet[BitsAt(secret, check, i * BitsOfLetter)];
            }

            return string.Join('-', letters.Chunk(GroupLength).Select(group => new string(group)));
        }
    }

    /// <summary>A new code.</summary>
    public static TransferCode Create() => new(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>
    /// What somebody typed: case, spaces and dashes don't count, O is 0, I and L are 1. Null when it is no code: letters are missing, or one is another than it was.
    /// </summary>
    public static TransferCode? Read(string? typed)
    {
        if (typed is not { Length: <= MaxTypedChars })
        {
            return null;
        }

        char[] letters = [.. typed.Where(c => c != '-' && !char.IsWhiteSpace(c)).Select(c => char.ToUpperInvariant(c) switch { 'O' => '0', 'I' or 'L' => '1', var other => other })];
        if (letters.Length != Letters)
        {
            return null;
        }

        UInt128 secret = 0;
        uint check = 0;
        for (int i = 0; i < Letters; i++)
        {
            int value = Alphabet.IndexOf(letters[i], StringComparison.Ordinal);
            if (value < 0)
            {
                return null;
            }

            for (int bit = BitsOfLetter - 1; bit >= 0; bit--)
            {
                uint one = (uint)(value >> bit) & 1;
                int at = (i * BitsOfLetter) + (BitsOfLetter - 1 - bit);
                (secret, check) = at < SecretBytes * 8 ? ((secret << 1) | one, check) : (secret, (check << 1) | one);
            }
        }

        var bytes = new byte[SecretBytes];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, secret);
        return check == CheckOf(bytes) ? new TransferCode(bytes) : null;
    }

    private static UInt128 ValueOf(ReadOnlySpan<byte> secret) => System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(secret);

    private static uint CheckOf(ReadOnlySpan<byte> secret)
    {
        byte[] hash = SHA256.HashData([.. "homehub transfer code"u8, .. secret]);
        return (uint)((hash[0] << 4) | (hash[1] >> 4));
    }

    private static int BitsAt(UInt128 secret, uint check, int first)
    {
        int value = 0;
        for (int at = first; at < first + BitsOfLetter; at++)
        {
            int bit = at < SecretBytes * 8 ? (int)(secret >> ((SecretBytes * 8) - 1 - at)) & 1 : (int)(check >> (CheckBits - 1 - (at - (SecretBytes * 8)))) & 1;
            value = (value << 1) | bit;
        }

        return value;
    }
}
