namespace HomeHub.Profiles.Wire;

/// <summary>The two CRC-8 that vendors' frames end with.</summary>
public static class Crc8
{
    /// <summary>CRC-8 (SMBus): polynomial 0x07, most significant bit first, seed 0. Check value of "123456789": 0xF4.</summary>
    public static byte Ccitt(ReadOnlySpan<byte> octets)
    {
        int crc = 0;
        foreach (byte octet in octets)
        {
            crc ^= octet;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x80) != 0 ? (crc << 1) ^ 0x07 : crc << 1;
            }

            crc &= 0xFF;
        }

        return (byte)crc;
    }

    /// <summary>CRC-8/MAXIM-DOW: polynomial 0x31, least significant bit first, seed 0. Check value of "123456789": 0xA1.</summary>
    public static byte Maxim(ReadOnlySpan<byte> octets)
    {
        int crc = 0;
        foreach (byte octet in octets)
        {
            crc ^= octet;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x8C : crc >> 1;
            }
        }

        return (byte)crc;
    }
}
