using System.Buffers.Binary;
using System.Globalization;

namespace HomeHub.Core.Peripherals;

/// <summary>UUID of a service, characteristic or descriptor (Core Specification Vol 3 Part B 2.5.1): 16-bit values stand for a 128-bit one.</summary>
/// <param name="Value">All 128 bits.</param>
public readonly record struct BluetoothUuid(Guid Value)
{
    private const string BaseTail = "-0000-1000-8000-00805f9b34fb";

    /// <summary>The 16-bit value; null for a UUID that a vendor made.</summary>
    public ushort? Short
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            Value.TryWriteBytes(bytes, bigEndian: true, out _);
            ushort value = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
            return Of(value).Value == Value ? value : null;
        }
    }

    /// <summary>The UUID that a 16-bit value stands for.</summary>
    public static BluetoothUuid Of(ushort value) =>
        new(Guid.ParseExact(string.Create(CultureInfo.InvariantCulture, $"0000{value:x4}{BaseTail}"), "D"));

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

    /// <summary>Four upper-case hex digits where a 16-bit value stands for it, else 128 bits with dashes, lower case.</summary>
    public override string ToString() => Short is { } value ? value.ToString("X4", CultureInfo.InvariantCulture) : Value.ToString("D");
}
