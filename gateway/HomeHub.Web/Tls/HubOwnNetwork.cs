using System.Security.Cryptography;
using HomeHub.Core.Household;
using HomeHub.Core.Identity;
using HomeHub.Core.Network;

namespace HomeHub.Web.Tls;

/// <summary>Name and key of the hub's own network. Both are always the same for a hub, so that its label stays true, and nobody finds the key without the hub's disk or its label.</summary>
public static class HubOwnNetwork
{
    /// <summary>Letters and digits of the key, the dashes not counted: 73 bits, too many to be guessed by whoever has recorded a phone's joining.</summary>
    private const int KeyLetters = 16;

    /// <summary>Octets that the key is drawn from: more than any key needs after those are left out that would make some letters likelier.</summary>
    private const int DrawnOctets = 128;

    /// <summary>The network of a hub.</summary>
    /// <param name="hub">Who it is.</param>
    /// <param name="key">The key of its pages.</param>
    public static OwnNetwork Of(HubIdentity hub, ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(hub);
        ArgumentNullException.ThrowIfNull(key);
        byte[] secret = key.ExportParameters(includePrivateParameters: true).D!;
        byte[] drawn = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, DrawnOctets, salt: hub.Id.ToByteArray(), info: "HomeHub own network"u8.ToArray());
        CryptographicOperations.ZeroMemory(secret);
        int fair = byte.MaxValue - (byte.MaxValue % ClaimCode.Alphabet.Length);
        IEnumerable<char> letters = drawn.Where(octet => octet < fair).Select(octet => ClaimCode.Alphabet[octet % ClaimCode.Alphabet.Length]).Take(KeyLetters);
        return new OwnNetwork($"HomeHub-{hub.Id.ToString("N")[..4].ToUpperInvariant()}", ClaimCode.Group(string.Concat(letters)));
    }
}
