using HomeHub.Contract;
using HomeHub.Core.Delivery;

namespace HomeHub.Mqtt;

/// <summary>Chooses the encoding of a Bundle and how hard to compress.</summary>
/// <remarks>
/// Measured with Bundles of blood-pressure readings, Devices left out, on a 2-core x64 server:
/// <code>
/// readings     JSON  quality 5          quality 11
///        1    4,649     971 B  0.08 ms     874 B   15 ms
///        3   12,225   1,118 B  0.07 ms   1,018 B   23 ms
///       10   38,741   1,581 B  0.1  ms   1,458 B   48 ms
///      200  758,461  12,953 B  3.9  ms  12,353 B  435 ms
/// </code>
/// The best quality saves a tenth where a reading goes alone, and next to nothing in a backlog, at a hundred times the work. Quality 4 is no faster
/// than 5 and gives a twelfth more; 6 and above give no less than 5.
/// </remarks>
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
