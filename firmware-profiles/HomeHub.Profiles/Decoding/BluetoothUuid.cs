using System.Buffers.Binary;
using System.Globalization;

namespace HomeHub.Profiles;

/// <summary>UUID of a service, characteristic or descriptor (Core Specification Vol 3 Part B 2.5.1): 16-bit values stand for a 128-bit one.</summary>
/// <param name="Value">All 128 bits.</param>
public readonly record struct BluetoothUuid(Guid Value)
{
    /// <summary>Length in octets of all 128 bits.</summary>
    public const int LengthBytes = 16;

    /// <summary>The 16-bit value; null for a UUID that a vendor made.</summary>
    public ushort? Short
    {
        get
        {
            Span<byte> bytes = stackalloc byte[LengthBytes];
            Write(bytes);
            ushort value = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
            return Of(value) == this ? value : null;
        }
    }

    /// <summary>The UUID that a 16-bit value stands for.</summary>
    public static BluetoothUuid Of(ushort value) => new(new Guid(value, 0x0000, 0x1000, 0x80, 0x00, 0x00, 0x80, 0x5F, 0x9B, 0x34, 0xFB));

    /// <summary>The UUID that a 16-bit value stands for.</summary>
    public static implicit operator BluetoothUuid(ushort value) => Of(value);

    /// <summary>A UUID that stands in the program's own text, e.g. of a vendor's service.</summary>
    /// <exception cref="FormatException">The text is none that <see cref="TryParse"/> reads.</exception>
    public static BluetoothUuid Parse(string text) => TryParse(text, out BluetoothUuid uuid) ? uuid : throw new FormatException("The text is no Bluetooth UUID.");

    /// <summary>Reads <c>180d</c>, <c>0x180D</c> or 128 bits with dashes; false for anything else.</summary>
    public static bool TryParse(string? text, out BluetoothUuid uuid)
    {
        uuid = default;
        if (text is null)
        {
            return false;
        }

        ReadOnlySpan<char> digits = text.AsSpan(text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? 2 : 0);
        if (digits.Length == 4 && ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort value))
        {
            uuid = Of(value);
            return true;
        }

        bool isLong = Guid.TryParseExact(digits, "D", out Guid all);
        uuid = new BluetoothUuid(all);
        return isLong;
    }

    /// <summary>Reads the 16 octets that <see cref="Write"/> wrote.</summary>
    public static BluetoothUuid Read(ReadOnlySpan<byte> octets) => new(new Guid(octets[..LengthBytes], bigEndian: true));

    /// <summary>Writes 16 octets in the order of the text, most significant first.</summary>
    public void Write(Span<byte> octets) => Value.TryWriteBytes(octets, bigEndian: true, out _);

    /// <summary>Four upper-case hex digits where a 16-bit value stands for it, else 128 bits with dashes, lower case.</summary>
    public override string ToString() => Short is { } value ? value.ToString("X4", CultureInfo.InvariantCulture) : Value.ToString("D");
}
