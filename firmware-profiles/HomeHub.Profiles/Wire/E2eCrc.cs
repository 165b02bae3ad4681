namespace HomeHub.Profiles.Wire;

/// <summary>E2E-CRC of the Continuous Glucose Monitoring Service 1.0.2, 3.11: CRC-16, polynomial 0x1021 reflected, initial 0xFFFF, no final xor (MCRF4XX).</summary>
public static class E2eCrc
{
    /// <summary>CRC over <paramref name="octets"/>; on the wire it follows them, least significant octet first.</summary>
    public static ushort Of(ReadOnlySpan<byte> octets)
    {
        ushort crc = 0xFFFF;
        foreach (byte octet in octets)
        {
            crc ^= octet;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (ushort)((crc >> 1) ^ 0x8408) : (ushort)(crc >> 1);
            }
        }

        return crc;
    }
}
