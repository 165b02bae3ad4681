namespace HomeHub.Profiles.Wire;

/// <summary>GATT fixed-point fields: an integer times a power of ten, with as many decimals as the field's resolution has.</summary>
internal static class FixedPoint
{
    /// <summary><paramref name="mantissa"/> × 10^<paramref name="exponent"/>, every decimal of the exponent kept.</summary>
    public static MeasuredValue Of(long mantissa, int exponent) => MderFloat.Fixed(mantissa, exponent).ToValue();

    /// <summary>
    /// As above, but decimals beyond <paramref name="decimals"/> are left out while they are zero: for devices that say that they measure
    /// coarser than the field can express. A digit that is not zero always stays, because the number is never changed.
    /// </summary>
    public static MeasuredValue Of(long mantissa, int exponent, int decimals)
    {
        while (-exponent > decimals && mantissa % 10 == 0)
        {
            mantissa /= 10;
            exponent++;
        }

        return Of(mantissa, exponent);
    }
}
