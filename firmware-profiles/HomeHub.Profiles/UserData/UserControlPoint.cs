using System.Buffers.Binary;

namespace HomeHub.Profiles.UserData;

/// <summary>User Control Point (0x2A9F) of the User Data Service 1.0, 3.5: consent alone. Users are registered at the device, by the person.</summary>
public static class UserControlPoint
{
    /// <summary>16-bit UUID.</summary>
    public const ushort Uuid = 0x2A9F;

    /// <summary>Op code of Consent (table 3.3).</summary>
    public const byte ConsentOpCode = 0x02;

    /// <summary>Highest Consent Code: 0x0000 to 0x270F (3.5.2.2).</summary>
    public const ushort MaxConsentCode = 9999;

    /// <summary>
    /// Consent (3.5.2.2): lets the hub have what the device keeps of a user, who set the code at the device.
    /// </summary>
    /// <param name="userIndex">0 to 254.</param>
    /// <param name="consentCode">0 to <see cref="MaxConsentCode"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such user, or no such code.</exception>
    public static byte[] Consent(byte userIndex, ushort consentCode)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(userIndex, byte.MaxValue);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(consentCode, MaxConsentCode);
        byte[] octets = [ConsentOpCode, userIndex, 0, 0];
        BinaryPrimitives.WriteUInt16LittleEndian(octets.AsSpan(2), consentCode);
        return octets;
    }
}
