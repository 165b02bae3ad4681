using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.Tests.ContinuousGlucose;

/// <summary>Contexts and checksums for CGM payloads; the checksum itself is held to vectors from outside elsewhere.</summary>
internal static class CgmPayload
{
    /// <summary>CGM Feature was read: E2E-CRC, interstitial fluid, subcutaneous.</summary>
    public static readonly SessionContext WithCrc = SessionContext.Empty with { CgmFeature = 0x1000, CgmTypeAndLocation = 0x59 };

    /// <summary>CGM Feature was read: no E2E-CRC.</summary>
    public static readonly SessionContext WithoutCrc = WithCrc with { CgmFeature = 0 };

    public static string AppendCrc(string hex)
    {
        ushort crc = E2eCrc.Of(Payload.Octets(hex));
        return $"{hex} {(byte)crc:X2}{crc >> 8:X2}";
    }
}
