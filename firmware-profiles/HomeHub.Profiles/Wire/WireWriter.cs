using System.Buffers.Binary;

namespace HomeHub.Profiles.Wire;

/// <summary>
/// Writes the octets of one GATT payload, little-endian: the mirror of <see cref="WireReader"/>. A field that does not fit is a bug of the caller, so it throws.
/// </summary>
public ref struct WireWriter
{
    /// <summary>Largest mantissa of an SFLOAT that is none of the special values: 2^11 - 3.</summary>
    public const int MaxSFloatMantissa = 2045;

    /// <summary>Largest mantissa of a FLOAT that is none of the special values: 2^23 - 3.</summary>
    public const int MaxFloatMantissa = 8_388_605;

    /// <summary>Smallest exponent of an SFLOAT.</summary>
    public const int MinSFloatExponent = -8;

    private readonly Span<byte> _octets;
    private int _offset;

    /// <summary>Starts at the first octet of <paramref name="octets"/>, which must be long enough for all that is written.</summary>
    public WireWriter(Span<byte> octets) => _octets = octets;

    /// <summary>What was written so far, as an array of its own.</summary>
    public readonly byte[] ToArray() => _octets[.._offset].ToArray();

    /// <summary>Unsigned 8 bit.</summary>
    public void UInt8(byte value) => _octets[_offset++] = value;

    /// <summary>Unsigned 16 bit.</summary>
    public void UInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_octets[_offset..], value);
        _offset += 2;
    }

    /// <summary>Signed 16 bit.</summary>
    public void Int16(short value) => UInt16((ushort)value);

    /// <summary>Unsigned 24 bit.</summary>
    public void UInt24(uint value)
    {
        UInt16((ushort)value);
        UInt8(checked((byte)(value >> 16)));
    }

    /// <summary>Unsigned 32 bit.</summary>
    public void UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_octets[_offset..], value);
        _offset += 4;
    }

    /// <summary>SFLOAT-Type: <paramref name="mantissa"/> -2045 to 2045, <paramref name="exponent"/> -8 to 7 (IEEE 11073-20601, F.7).</summary>
    public void SFloat(int mantissa, int exponent)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs(mantissa), MaxSFloatMantissa);
        ArgumentOutOfRangeException.ThrowIfNotEqual(exponent, Math.Clamp(exponent, MinSFloatExponent, 7));
        UInt16((ushort)((mantissa & 0x0FFF) | ((exponent & 0x0F) << 12)));
    }

    /// <summary>FLOAT-Type: <paramref name="mantissa"/> -8388605 to 8388605, <paramref name="exponent"/> -128 to 127 (IEEE 11073-20601, F.8).</summary>
    public void Float(int mantissa, int exponent)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs(mantissa), MaxFloatMantissa);
        ArgumentOutOfRangeException.ThrowIfNotEqual(exponent, (sbyte)exponent);
        UInt32((uint)((mantissa & 0x00FFFFFF) | (exponent << 24)));
    }

    /// <summary>Date Time, 7 octets.</summary>
    public void DateTime(PhdTimestamp stamp)
    {
        UInt16(stamp.Year);
        UInt8(stamp.Month);
        UInt8(stamp.Day);
        UInt8(stamp.Hour);
        UInt8(stamp.Minute);
        UInt8(stamp.Second);
    }

    /// <summary>Octets as they are.</summary>
    public void Octets(ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(_octets[_offset..]);
        _offset += octets.Length;
    }
}
