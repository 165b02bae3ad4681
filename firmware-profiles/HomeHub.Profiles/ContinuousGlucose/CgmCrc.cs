using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.ContinuousGlucose;

/// <summary>When the CGM Service's characteristics carry an E2E-CRC (CGM Service 1.0.2, 3.11), and whether it is right.</summary>
internal static class CgmCrc
{
    /// <summary>Name of the field in errors.</summary>
    public const string Field = "E2E-CRC";

    /// <summary>CGM Feature bit 12: the device appends a CRC to all its characteristics.</summary>
    public const uint FeatureBit = 0x1000;

    /// <summary>Octets of the field.</summary>
    public const int Octets = 2;

    /// <summary>Whether records must carry a CRC; null when CGM Feature was not read and both forms are accepted.</summary>
    public static bool? IsRequired(SessionContext context) => context.CgmFeature is { } feature ? (feature & FeatureBit) != 0 : null;

    /// <summary>Reads a CRC that is there and checks it against the octets from <paramref name="start"/> to where the reader stands.</summary>
    public static void Verify(ref WireReader reader, ReadOnlySpan<byte> octets, int start)
    {
        int end = reader.Offset;
        ushort sent = reader.UInt16(Field);
        if (!reader.Failed && sent != E2eCrc.Of(octets[start..end]))
        {
            reader.Reject(DecodeErrorCode.CrcMismatch, Field, end);
        }
    }

    /// <summary>Ends a characteristic that holds nothing after its fields but perhaps a CRC; true when all is understood.</summary>
    public static bool End(ref WireReader reader, ReadOnlySpan<byte> octets, bool? required)
    {
        bool isMissing = required == true && reader.Remaining == 0;
        bool isUnexpected = required == false && reader.Remaining == Octets;
        if (isMissing || isUnexpected)
        {
            reader.Reject(DecodeErrorCode.CrcMismatch, Field, reader.Offset);
        }
        else if (required != false && reader.Remaining > 0)
        {
            Verify(ref reader, octets, 0);
        }

        return reader.End();
    }
}
