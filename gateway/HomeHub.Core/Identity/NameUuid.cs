using System.Buffers.Binary;
using System.Security.Cryptography;

namespace HomeHub.Core.Identity;

/// <summary>Name-based UUIDs, version 5 (RFC 9562, 5.5): the same name in the same namespace gives the same UUID, on any hub, at any time.</summary>
public static class NameUuid
{
    /// <summary>Longest name, in bytes, that is accepted; names here are a few dozen bytes.</summary>
    public const int MaxNameBytes = 1024;

    /// <summary>The UUID of <paramref name="name"/> in <paramref name="space"/>.</summary>
    public static Guid Create(Guid space, ReadOnlySpan<byte> name)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, MaxNameBytes);
        Span<byte> input = stackalloc byte[16 + name.Length];
        space.TryWriteBytes(input, bigEndian: true, out _);
        name.CopyTo(input[16..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // SHA-1 is what version 5 is defined with; nothing is protected by it here.
        SHA1.HashData(input, hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>The UUID of an Observation: namespace of the hub, record identity and kind, the MDC code of <c>Observation.code</c> (rule: retries and replays give the same).</summary>
    public static Guid ForObservation(Guid space, RecordIdentity record, uint kind)
    {
        Span<byte> name = stackalloc byte[RecordIdentity.LengthBytes + 4];
        record.Write(name);
        BinaryPrimitives.WriteUInt32BigEndian(name[RecordIdentity.LengthBytes..], kind);
        return Create(space, name);
    }
}
