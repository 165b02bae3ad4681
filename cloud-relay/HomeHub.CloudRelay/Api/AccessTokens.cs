using System.Security.Cryptography;
using System.Text;

namespace HomeHub.CloudRelay.Api;

/// <summary>The bearer tokens that may read, one a line in a file; lines that begin with <c>#</c> are remarks. Only their digests stay in memory.</summary>
internal sealed class AccessTokens
{
    /// <summary>Shortest token, in characters: below this a token can be guessed.</summary>
    public const int MinCharacters = 24;

    private const string Scheme = "Bearer ";

    private readonly byte[][] _digests;

    private AccessTokens(byte[][] digests) => _digests = digests;

    /// <summary>Reads the file.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="FormatException">It holds no token, or one that is too short.</exception>
    public static AccessTokens Load(string path)
    {
        var tokens = File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').ToArray();
        return tokens.Length == 0 ? throw new FormatException("The file holds no token.")
            : tokens.Any(token => token.Length < MinCharacters) ? throw new FormatException($"A token has at least {MinCharacters} characters.")
            : new AccessTokens([.. tokens.Select(token => SHA256.HashData(Encoding.UTF8.GetBytes(token)))]);
    }

    /// <summary>Whether an Authorization header carries one of the tokens. Takes the same time for every wrong one.</summary>
    public bool Allows(string? authorization)
    {
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(authorization[Scheme.Length..].Trim()));
        var allowed = false;
        foreach (var known in _digests)
        {
            allowed |= CryptographicOperations.FixedTimeEquals(known, digest);
        }

        return allowed;
    }
}
