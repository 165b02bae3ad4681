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
}
