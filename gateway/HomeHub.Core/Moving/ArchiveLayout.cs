using System.Buffers.Binary;
using System.Security.Cryptography;

namespace HomeHub.Core.Moving;

/// <summary>
/// How the archive of a history is laid out. A header of <see cref="HeaderBytes"/>: magic, version, salt, and by what a wrong code is told from damage. Then frames: four bytes, big-endian, of
/// length and whether it is the last one; that many bytes encrypted with AES-256-GCM; the tag. The nonce is the frame's number; header and the four bytes are authenticated with each frame, so
/// that none can be changed, left out, put elsewhere, or be the last one that was not.
/// </summary>
internal static class ArchiveLayout
{
    public const byte Version = 1;

    public const int SaltBytes = 16, CheckBytes = 16, HeaderBytes = 16 + SaltBytes + CheckBytes;

    /// <summary>Most bytes of a frame, before encryption.</summary>
    public const int FrameBytes = 64 * 1024;

    public const int FrameHeadBytes = 4, TagBytes = 16, NonceBytes = 12;

    /// <summary>In the four bytes before a frame: that it is the last one.</summary>
    public const uint LastFrame = 1u << 31;

    private const int KeyBytes = 32;

    private static ReadOnlySpan<byte> Magic => "HomeHub history"u8;

    /// <summary>A new header for a code.</summary>
    public static byte[] WriteHeader(TransferCode code)
    {
        var header = new byte[HeaderBytes];
        Magic.CopyTo(header);
        header[Magic.Length] = Version;
        RandomNumberGenerator.Fill(header.AsSpan(16, SaltBytes));
        Derive(code, header, "check"u8, header.AsSpan(16 + SaltBytes, CheckBytes));
        return header;
    }

    /// <summary>What is wrong with a header; null: nothing, and the code is its code.</summary>
    public static MoveProblem? CheckHeader(ReadOnlySpan<byte> header, TransferCode code)
    {
        if (!header[..Magic.Length].SequenceEqual(Magic))
        {
            return MoveProblem.NotAnArchive;
        }

        if (header[Magic.Length] != Version)
        {
            return MoveProblem.NewerVersion;
        }

        Span<byte> check = stackalloc byte[CheckBytes];
        Derive(code, header, "check"u8, check);
        return CryptographicOperations.FixedTimeEquals(check, header[(16 + SaltBytes)..]) ? null : MoveProblem.WrongCode;
    }

    /// <summary>The cipher of an archive: its salt gives each one a key of its own.</summary>
    public static AesGcm OpenCipher(TransferCode code, ReadOnlySpan<byte> header)
    {
        Span<byte> key = stackalloc byte[KeyBytes];
        Derive(code, header, "key"u8, key);
        try
        {
            return new AesGcm(key, TagBytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Writes a frame's nonce.</summary>
    public static void WriteNonce(Span<byte> nonce, long frame)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce[(NonceBytes - sizeof(long))..], frame);
    }

    private static void Derive(TransferCode code, ReadOnlySpan<byte> header, ReadOnlySpan<byte> purpose, Span<byte> to) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, code.Secret.Span, to, header.Slice(16, SaltBytes), purpose);
}
