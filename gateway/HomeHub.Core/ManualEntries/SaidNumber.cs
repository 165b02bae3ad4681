using HomeHub.Profiles.Wire;

namespace HomeHub.Core.ManualEntries;

/// <summary>
/// Writes numbers with the decimals that they were said with (IEEE 11073-20601, F.7 and F.8): nothing is rounded, and what does not fit is not written.
/// </summary>
internal static class SaidNumber
{
    /// <summary>Not a Number, as SFLOAT.</summary>
    private const ushort SFloatNaN = 0x07FF;

    /// <summary>Writes an SFLOAT; null is NaN.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="value">The number.</param>
    /// <param name="shift">Power of ten between the unit of the number and that of the field: -5 for mg/dL in a field of kg/L.</param>
    /// <returns>False when it has more digits than fit.</returns>
    public static bool TrySFloat(ref WireWriter writer, decimal? value, int shift = 0)
    {
        if (value is not { } number)
        {
            writer.UInt16(SFloatNaN);
            return true;
        }

        int exponent = shift - number.Scale;
        decimal mantissa = Unscaled(number);
        if (Math.Abs(mantissa) > WireWriter.MaxSFloatMantissa || exponent < WireWriter.MinSFloatExponent)
        {
            return false;
        }

        writer.SFloat((int)mantissa, exponent);
        return true;
    }

    /// <summary>Writes a FLOAT.</summary>
    /// <returns>False when it has more digits than fit.</returns>
    public static bool TryFloat(ref WireWriter writer, decimal number)
    {
        decimal mantissa = Unscaled(number);
        if (Math.Abs(mantissa) > WireWriter.MaxFloatMantissa)
        {
            return false;
        }

        writer.Float((int)mantissa, -number.Scale);
        return true;
    }

    /// <summary>The digits of a number without its point.</summary>
    private static decimal Unscaled(decimal number)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(number, bits);
        return new decimal(bits[0], bits[1], bits[2], isNegative: number < 0, scale: 0);
    }
}
