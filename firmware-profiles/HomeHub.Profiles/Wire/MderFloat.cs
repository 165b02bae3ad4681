namespace HomeHub.Profiles.Wire;

/// <summary>
/// A number as IEEE 11073-20601 MDER encodes it: mantissa × 10^exponent, or one of the special values (annex F.7, F.8).
/// The exponent is the device's statement of precision: 20 × 10^-1 is 2.0, not 2.
/// Also carries GATT fixed-point fields (raw × resolution), which have the same shape.
/// </summary>
/// <param name="Mantissa">Integer part; 0 for special values.</param>
/// <param name="Exponent">Power of ten.</param>
/// <param name="Special">Reason why there is no number, or <see cref="AbsenceReason.None"/>.</param>
public readonly record struct MderFloat(long Mantissa, int Exponent, AbsenceReason Special)
{
    /// <summary>Most digits, before and after the point together, that are kept exactly (rule: beyond that it is an error, not a rounding).</summary>
    public const int MaxDigits = 28;

    /// <summary>A fixed-point field: <paramref name="raw"/> units of 10^<paramref name="exponent"/>.</summary>
    public static MderFloat Fixed(long raw, int exponent) => new(raw, exponent, AbsenceReason.None);

    /// <summary>No number, for a reason.</summary>
    public static MderFloat Absent(AbsenceReason reason) => new(0, 0, reason);

    /// <summary>SFLOAT-Type: exponent in the upper 4 bits, mantissa in the lower 12, both two's complement. The special mantissas count with any exponent.</summary>
    public static MderFloat FromSFloat(ushort word)
    {
        int mantissa = (short)(word << 4) >> 4;
        int exponent = (short)word >> 12;
        return (word & 0x0FFF) switch
        {
            0x07FF => Absent(AbsenceReason.NotANumber),
            0x07FE => Absent(AbsenceReason.PositiveInfinity),
            0x0802 => Absent(AbsenceReason.NegativeInfinity),
            0x0800 or 0x0801 => Absent(AbsenceReason.Error),
            _ => Fixed(mantissa, exponent),
        };
    }

    /// <summary>FLOAT-Type: exponent in the upper 8 bits, mantissa in the lower 24, both two's complement. The special mantissas count with any exponent.</summary>
    public static MderFloat FromFloat(uint word)
    {
        int mantissa = (int)(word << 8) >> 8;
        int exponent = (int)word >> 24;
        return (word & 0x00FFFFFF) switch
        {
            0x007FFFFF => Absent(AbsenceReason.NotANumber),
            0x007FFFFE => Absent(AbsenceReason.PositiveInfinity),
            0x00800002 => Absent(AbsenceReason.NegativeInfinity),
            0x00800000 or 0x00800001 => Absent(AbsenceReason.Error),
            _ => Fixed(mantissa, exponent),
        };
    }

    /// <summary>The same number in a unit 10^<paramref name="shift"/> times smaller: only the exponent moves, so no digit is invented or lost.</summary>
    public MderFloat Shift(int shift) => this with { Exponent = Exponent + shift };

    /// <summary>The value with the device's own number of decimals; <see cref="AbsenceReason.Error"/> when it has more than <see cref="MaxDigits"/> digits.</summary>
    public MeasuredValue ToValue()
    {
        if (Special != AbsenceReason.None)
        {
            return MeasuredValue.Absent(Special);
        }

        if (Exponent is < -MaxDigits or > MaxDigits)
        {
            return MeasuredValue.Absent(AbsenceReason.Error);
        }

        long magnitude = Math.Abs(Mantissa);
        if (Exponent <= 0)
        {
            return MeasuredValue.Of(new decimal((int)magnitude, (int)(magnitude >> 32), 0, Mantissa < 0, (byte)-Exponent));
        }

        decimal value = Mantissa;
        int digits = Mantissa == 0 ? 0 : DigitsOf(magnitude) + Exponent;
        if (digits > MaxDigits)
        {
            return MeasuredValue.Absent(AbsenceReason.Error);
        }

        for (int i = 0; i < Exponent && Mantissa != 0; i++)
        {
            value *= 10m;
        }

        return MeasuredValue.Of(value);
    }

    private static int DigitsOf(long magnitude)
    {
        int digits = 1;
        while ((magnitude /= 10) > 0)
        {
            digits++;
        }

        return digits;
    }
}
