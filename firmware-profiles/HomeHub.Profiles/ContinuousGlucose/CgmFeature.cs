using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.ContinuousGlucose;

/// <summary>CGM Feature (0x2AA8; CGM Service 1.0.2, 3.2).</summary>
/// <param name="Supported">CGM Feature, 24 bits; 17 to 23 are reserved.</param>
/// <param name="TypeAndLocation">Type (low nibble) and Sample Location (high nibble).</param>
public readonly record struct CgmFeature(uint Supported, byte TypeAndLocation)
{
    /// <summary>What stands in the CRC field of a device without E2E-CRC: this characteristic alone always has the field.</summary>
    public const ushort NoCrc = 0xFFFF;

    /// <summary>Reads one payload; false with field and offset when it is cut short, octets are left over or the CRC field is wrong.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> octets, out CgmFeature feature, out DecodeError error)
    {
        var reader = new WireReader(octets);
        feature = new CgmFeature(reader.UInt24("CGM Feature"), reader.UInt8("Type-Sample Location"));
        if ((feature.Supported & CgmCrc.FeatureBit) != 0)
        {
            CgmCrc.Verify(ref reader, octets, 0);
        }
        else
        {
            int filler = reader.Offset;
            if (reader.UInt16(CgmCrc.Field) != NoCrc)
            {
                // Also after too few octets, where the first error stays.
                reader.Reject(DecodeErrorCode.CrcMismatch, CgmCrc.Field, filler);
            }
        }

        bool understood = reader.End();
        error = understood ? default : reader.Error(CgmProfile.FeatureUuid);
        return understood;
    }

    /// <summary>
    /// The annunciations that a sensor supports, as status octet, Cal/Temp &lt;&lt; 8 and Warning &lt;&lt; 16. Session stopped and time
    /// synchronisation required need no feature. All of them where the feature was not read.
    /// </summary>
    internal static uint StatusSupport(uint? supported)
    {
        if (supported is not { } bits)
        {
            return uint.MaxValue;
        }

        return 0x000101
            | If(9, 0x000002) // battery low
            | If(10, 0x000004) // sensor type
            | If(6, 0x000008) // sensor malfunction
            | If(5, 0x000010) // device specific alert
            | If(11, 0x000020) // general fault
            | If(0, 0x000E00) // calibration
            | If(7, 0x003000) // temperature
            | If(1, 0x030000) // patient's low and high
            | If(2, 0x040000) // hypo
            | If(3, 0x080000) // hyper
            | If(4, 0x300000) // rate of change
            | If(8, 0xC00000); // result too low or too high

        uint If(int feature, uint status) => (bits >> feature & 1) != 0 ? status : 0;
    }
}
