using System.Buffers.Binary;

namespace HomeHub.Core.ManualEntries;

/// <summary>
/// Numbers as IEEE 11073-20601 MDER encodes them (annex F.7, F.8), with the decimals that they have: nothing is rounded, and what does not fit is refused.
/// Gives the first thing that did not fit when it is asked for the octets.
/// </summary>
internal sealed class MderWriter
{
    /// <summary>Not a Number, as SFLOAT.</summary>
    private const ushort SFloatNaN = 0x07FF;

    /// <summary>Largest mantissa that is none of the special values: 2^11 - 3.</summary>
    private const int MaxSFloatMantissa = 2045;

    /// <summary>Likewise of a FLOAT: 2^23 - 3.</summary>
    private const int MaxFloatMantissa = 8_388_605;

    private const int MinSFloatExponent = -8;

    private readonly List<byte> _octets = [];

    /// <summary>The first field that could not be written; null while all could.</summary>
    public string? Refused { get; private set; }

    /// <summary>What was written.</summary>
    public byte[] Octets => [.. _octets];

    /// <summary>One octet.</summary>
    public MderWriter UInt8(byte value)
    {
        _octets.Add(value);
        return this;
    }

    /// <summary>Two octets, little-endian.</summary>
    public MderWriter UInt16(ushort value)
    {
        _octets.AddRange([(byte)value, (byte)(value >> 8)]);
        return this;
    }

    /// <summary>An SFLOAT; null is NaN.</summary>
    /// <param name="field">Name of the field, for a refusal.</param>
    /// <param name="value">The number.</param>
    /// <param name="shift">Power of ten between the unit of the number and that of the field: -5 for mg/dL in a field of kg/L.</param>
    public MderWriter SFloat(string field, decimal? value, int shift = 0)
    {
        if (value is not { } number)
        {
            return UInt16(SFloatNaN);
        }

        int exponent = shift - number.Scale;
        decimal mantissa = Unscaled(number);
        if (Math.Abs(mantissa) > MaxSFloatMantissa || exponent < MinSFloatExponent)
        {
            Refused ??= field;
            return UInt16(SFloatNaN);
        }

        return UInt16((ushort)(((exponent & 0xF) << 12) | ((int)mantissa & 0xFFF)));
    }

    /// <summary>A FLOAT.</summary>
    public MderWriter Float(string field, decimal number)
    {
        decimal mantissa = Unscaled(number);
        bool fits = Math.Abs(mantissa) <= MaxFloatMantissa;
        Refused ??= fits ? null : field;
        Span<byte> word = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(word, fits ? (-number.Scale << 24) | ((int)mantissa & 0xFFFFFF) : 0x007FFFFF);
        _octets.AddRange(word);
        return this;
    }

    /// <summary>A Date Time (GATT Specification Supplement): the local time, in whole seconds.</summary>
    public MderWriter DateTime(System.DateTime local) => UInt16((ushort)local.Year)
        .UInt8((byte)local.Month).UInt8((byte)local.Day).UInt8((byte)local.Hour).UInt8((byte)local.Minute).UInt8((byte)local.Second);

    /// <summary>The digits of a number without its point.</summary>
    private static decimal Unscaled(decimal number)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(number, bits);
        return new decimal(bits[0], bits[1], bits[2], isNegative: number < 0, scale: 0);
    }
}
