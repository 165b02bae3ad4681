using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HomeHub.Web.SignIn;

/// <summary>
/// A PIN as it is kept: <c>pbkdf2-sha256$iterations$salt$hash</c>, base64. The PIN itself is few digits, so whoever takes the disk can try them all; what the cost
/// buys is that it takes a day and not a blink (docs/decisions/0040).
/// </summary>
internal static class PinHash
{
    /// <summary>PBKDF2 iterations of what is hashed from now on.</summary>
    public const int Iterations = 210_000;

    private const string Scheme = "pbkdf2-sha256";
    private const int SaltOctets = 16, HashOctets = 32;

    /// <summary>Compared with when an account has no PIN, so that the answer takes as long.</summary>
    private static readonly string Nobodys = Write(Iterations, new byte[SaltOctets], new byte[HashOctets]);

    /// <summary>Hashes a PIN with a new salt.</summary>
    public static string Create(string pin)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltOctets);
        return Write(Iterations, salt, Derive(pin, salt, Iterations));
    }

    /// <summary>True when the PIN is the one that was hashed. Takes as long for null, which is never right.</summary>
    public static bool Matches(string pin, string? kept)
    {
        string[] parts = (kept ?? Nobodys).Split('$');
        if (parts is not [Scheme, var count, var salt, var hash] || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int iterations))
        {
            return false;
        }

        return CryptographicOperations.FixedTimeEquals(Derive(pin, Convert.FromBase64String(salt), iterations), Convert.FromBase64String(hash)) && kept is not null;
    }

    private static byte[] Derive(string pin, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(pin), salt, iterations, HashAlgorithmName.SHA256, HashOctets);

    private static string Write(int iterations, byte[] salt, byte[] hash) =>
        string.Create(CultureInfo.InvariantCulture, $"{Scheme}${iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
}
