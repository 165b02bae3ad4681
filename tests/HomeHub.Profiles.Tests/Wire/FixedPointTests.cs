using System.Globalization;
using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.Tests.Wire;

/// <summary>Fixed-point fields: the number is never changed, only zeros beyond the stated resolution are left out.</summary>
public class FixedPointTests
{
    [Theory]
    [InlineData(70000, -3, 3, "70.000")]
    [InlineData(70000, -3, 1, "70.0")]
    [InlineData(70000, -3, 0, "70")]
    [InlineData(70050, -3, 1, "70.05")] // finer than it says: kept
    [InlineData(0, -3, 0, "0")]
    [InlineData(0, -3, 3, "0.000")]
    [InlineData(500, 0, 0, "500")]
    [InlineData(500, -1, 3, "50.0")] // no digit is invented
    public void Leaves_out_zeros_only(long mantissa, int exponent, int decimals, string text) =>
        Assert.Equal(text, FixedPoint.Of(mantissa, exponent, decimals).Number.ToString(CultureInfo.InvariantCulture));
}
