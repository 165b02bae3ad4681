using System.Buffers;
using System.IO.Compression;

namespace HomeHub.Contract;

/// <summary>Brotli (RFC 7932) of Bundles: compression at a chosen quality, and decompression that trusts nobody.</summary>
public static class BrotliPayload
{
    /// <summary>The best quality, for a small lone Bundle.</summary>
    public const int MaxQuality = 11;

    // 2^18 = 256 KiB: as far back as Bundles repeat themselves. A larger window costs memory at both ends and saves nothing measurable.
    private const int WindowBits = 18;
    private const int ChunkBytes = 16 * 1024;

    // Long Bundles shrink to a fiftieth. Room for the worst case, a megabyte at times, would stay in the pool of every thread that ever compressed.
    private const int UsualRatio = 16;

    /// <summary>Compresses a whole payload.</summary>
    /// <param name="bundle">The Bundle, UTF-8 JSON.</param>
    /// <param name="quality">0 (fast) to <see cref="MaxQuality"/> (small).</param>
    /// <returns>One whole Brotli stream.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The quality is out of range.</exception>
    public static byte[] Compress(ReadOnlySpan<byte> bundle, int quality)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(quality);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, MaxQuality);
        return TryCompress(bundle, quality, Math.Max(ChunkBytes, bundle.Length / UsualRatio))
            ?? TryCompress(bundle, quality, BrotliEncoder.GetMaxCompressedLength(bundle.Length))
            ?? throw new InvalidOperationException("Brotli wrote more than its own maximum.");
    }

    private static byte[]? TryCompress(ReadOnlySpan<byte> bundle, int quality, int roomBytes)
    {
        var rented = ArrayPool<byte>.Shared.Rent(roomBytes);
        try
        {
            return BrotliEncoder.TryCompress(bundle, rented, out var written, quality, WindowBits) ? rented.AsSpan(0, written).ToArray() : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>
    /// Decompresses a payload, never more than <paramref name="maxBytes"/>: what is longer is refused as soon as it has grown past that, however
    /// little there was on the wire.
    /// </summary>
    /// <param name="payload">The payload as received.</param>
    /// <param name="output">Where the Bundle goes; holds a part of it when the answer is not null.</param>
    /// <param name="maxBytes">The most to write, <see cref="ContractLimits.MaxBundleBytes"/> by default.</param>
    /// <returns>Null when all is well; else <see cref="ReasonCode.DecompressionBomb"/>, or <see cref="ReasonCode.NotBrotli"/> for bytes that are
    /// no Brotli, a stream cut short, and bytes left over behind its end.</returns>
    public static ReasonCode? Decompress(ReadOnlySpan<byte> payload, IBufferWriter<byte> output, int maxBytes = ContractLimits.MaxBundleBytes)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
        var decoder = default(BrotliDecoder);
        try
        {
            return Decompress(ref decoder, payload, output, maxBytes);
        }
        finally
        {
            decoder.Dispose();
        }
    }

    private static ReasonCode? Decompress(ref BrotliDecoder decoder, ReadOnlySpan<byte> payload, IBufferWriter<byte> output, int maxBytes)
    {
        var total = 0;
        while (true)
        {
            // One byte more than allowed, to tell "just fits" from "too much".
            var room = (int)Math.Min(ChunkBytes, (long)maxBytes - total + 1);
            var span = output.GetSpan(room)[..room];
            var status = decoder.Decompress(payload, span, out var consumed, out var written);
            payload = payload[consumed..];
            output.Advance(written);
            total += written;
            if (total > maxBytes)
            {
                return ReasonCode.DecompressionBomb;
            }

            switch (status)
            {
                case OperationStatus.Done:
                    return payload.IsEmpty ? null : ReasonCode.NotBrotli;
                case OperationStatus.DestinationTooSmall:
                    continue;
                default:
                    return ReasonCode.NotBrotli;
            }
        }
    }
}
