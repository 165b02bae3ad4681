using System.Buffers.Binary;
using System.Globalization;

namespace HomeHub.BlueZ.Bonds;

/// <summary>
/// Reads events of the kernel's Bluetooth management (BlueZ doc/mgmt-api.txt): event, adapter index and length, two octets each, little-endian,
/// then the event's own. Octets of keys are not looked at.
/// </summary>
internal static class ManagementEvents
{
    public const int HeaderSize = 6;

    private const ushort NewLongTermKey = 0x000A;
    private const ushort DeviceDisconnected = 0x000C;
    private const ushort AuthenticationFailed = 0x0011;
    private const byte ReasonAuthentication = 0x04;

    /// <summary>The event; null for one that is not of interest or cut short.</summary>
    public static KernelEvent? Read(ReadOnlySpan<byte> octets)
    {
        if (octets.Length < HeaderSize)
        {
            return null;
        }

        ushort index = BinaryPrimitives.ReadUInt16LittleEndian(octets[2..]);
        ReadOnlySpan<byte> body = octets[HeaderSize..];
        return BinaryPrimitives.ReadUInt16LittleEndian(octets) switch
        {
            // Store hint, address (6), address type, key type, and the key that is none of ours.
            NewLongTermKey when body.Length >= 9 => new KernelEvent(index, Address(body[1..]), false, body[8]),
            DeviceDisconnected when body.Length >= 8 && body[7] == ReasonAuthentication => new KernelEvent(index, Address(body), true, null),
            AuthenticationFailed when body.Length >= 8 => new KernelEvent(index, Address(body), true, null),
            _ => null,
        };
    }

    private static string Address(ReadOnlySpan<byte> octets) => string.Create(
        CultureInfo.InvariantCulture, $"{octets[5]:X2}:{octets[4]:X2}:{octets[3]:X2}:{octets[2]:X2}:{octets[1]:X2}:{octets[0]:X2}");
}
