using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace HomeHub.CloudRelay.Bundles;

/// <summary>
/// 128 bits by which a resource is found: the uuid of its fullUrl, or the digest of one of its identifiers.
/// An identifier that is itself a uuid (<c>urn:ietf:rfc:3986|urn:uuid:…</c>) has that uuid for a key, so an Observation
/// without a device timestamp needs one key only.
/// </summary>
/// <param name="Value">The 16 octets, read big-endian.</param>
internal readonly record struct ResourceKey(UInt128 Value)
{
    /// <summary>Octets of a key.</summary>
    public const int SizeBytes = 16;

    /// <summary>Longest identifier (system and value together) that is digested, in bytes.</summary>
    public const int MaxIdentifierBytes = 1024;

    private const int UuidTextBytes = 36;

    private static ReadOnlySpan<byte> UuidPrefix => "urn:uuid:"u8;

    /// <summary>The leading 64 bits: what the narrow index holds. A match there is always checked against all 128.</summary>
    public long Hash => (long)(ulong)(Value >> 64);

    /// <summary>The key of a uuid.</summary>
    public static ResourceKey FromGuid(Guid uuid)
    {
        Span<byte> octets = stackalloc byte[SizeBytes];
        uuid.TryWriteBytes(octets, bigEndian: true, out _);
        return FromOctets(octets);
    }

    /// <summary>The key out of its 16 octets.</summary>
    public static ResourceKey FromOctets(ReadOnlySpan<byte> octets) => new(BinaryPrimitives.ReadUInt128BigEndian(octets));

    /// <summary>
    /// The key of an identifier: 128 bits of SHA-256 over system, a NUL and value, so that neither chance nor anyone's intent makes two
    /// identifiers meet.
    /// </summary>
    /// <returns>False for an identifier longer than <see cref="MaxIdentifierBytes"/> or without a value.</returns>
    public static bool TryFromIdentifier(ReadOnlySpan<byte> system, ReadOnlySpan<byte> value, out ResourceKey key)
    {
        key = default;
        if (value.IsEmpty || system.Length + value.Length + 1 > MaxIdentifierBytes)
        {
            return false;
        }

        if (system.SequenceEqual("urn:ietf:rfc:3986"u8) && TryParseUrn(value, out key))
        {
            return true;
        }

        Span<byte> text = stackalloc byte[MaxIdentifierBytes];
        system.CopyTo(text);
        text[system.Length] = 0;
        value.CopyTo(text[(system.Length + 1)..]);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..(system.Length + 1 + value.Length)], digest);
        key = FromOctets(digest[..SizeBytes]);
        return true;
    }

    /// <summary>Reads <c>urn:uuid:</c> and a uuid with dashes.</summary>
    public static bool TryParseUrn(ReadOnlySpan<byte> text, out ResourceKey key)
    {
        key = default;
        return text.StartsWith(UuidPrefix) && TryParseUuid(text[UuidPrefix.Length..], out key);
    }

    /// <summary>Reads a uuid with dashes.</summary>
    public static bool TryParseUuid(ReadOnlySpan<byte> text, out ResourceKey key)
    {
        if (text.Length == UuidTextBytes && Utf8Parser.TryParse(text, out Guid uuid, out var read, 'D') && read == UuidTextBytes)
        {
            key = FromGuid(uuid);
            return true;
        }

        key = default;
        return false;
    }

    /// <summary>The key as a uuid.</summary>
    public Guid ToGuid()
    {
        Span<byte> octets = stackalloc byte[SizeBytes];
        Write(octets);
        return new Guid(octets, bigEndian: true);
    }

    /// <summary>Writes the 16 octets.</summary>
    public void Write(Span<byte> octets) => BinaryPrimitives.WriteUInt128BigEndian(octets, Value);

    /// <summary>The uuid, lower-case with dashes.</summary>
    public override string ToString() => ToGuid().ToString("D");
}
