using HomeHub.Contract;
using HomeHub.Core.Delivery;

namespace HomeHub.Mqtt;

/// <summary>
/// Chooses the encoding of a Bundle and how hard to compress. Measured with Bundles of blood-pressure readings on one core of a small server: see the
/// remarks of each constant; a Raspberry Pi takes some four times as long.
/// </summary>
internal static class PayloadCompressor
{
    /// <summary>Below this, in bytes, Brotli saves less than an IP packet's header: the Bundle goes as JSON.</summary>
    public const int MinCompressBytes = 256;

    /// <summary>Bundles up to this many bytes get the best quality when no others wait.</summary>
    public const int MaxBestQualityBytes = 16 * 1024;

    /// <summary>Quality of a small lone Bundle.</summary>
    public const int BestQuality = BrotliPayload.MaxQuality;

    /// <summary>Quality of a backlog and of large Bundles.</summary>
    public const int BacklogQuality = 5;

    public static UplinkPayload Compress(ReadOnlySpan<byte> bundleJson, bool isBacklog)
    {
        if (bundleJson.Length >= MinCompressBytes)
        {
            var quality = !isBacklog && bundleJson.Length <= MaxBestQualityBytes ? BestQuality : BacklogQuality;
            var compressed = BrotliPayload.Compress(bundleJson, quality);
            if (compressed.Length < bundleJson.Length)
            {
                return new UplinkPayload(BundleEncoding.Brotli.ToWire(), compressed);
            }
        }

        return new UplinkPayload(BundleEncoding.Json.ToWire(), bundleJson.ToArray());
    }
}
