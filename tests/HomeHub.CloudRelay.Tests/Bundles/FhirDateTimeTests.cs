using System.Text;
using HomeHub.CloudRelay.Bundles;

namespace HomeHub.CloudRelay.Tests.Bundles;

public sealed class FhirDateTimeTests
{
    [Theory]
    [InlineData("2026", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData("2024-02", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z")]
    [InlineData("2026-03-14", "2026-03-14T00:00:00Z", "2026-03-15T00:00:00Z")]
    [InlineData("2026-03-14T07:43", "2026-03-14T07:43:00Z", "2026-03-14T07:44:00Z")]
    [InlineData("2026-03-14T07:43:15Z", "2026-03-14T07:43:15Z", "2026-03-14T07:43:16Z")]
    [InlineData("2026-03-14T07:43:15+01:00", "2026-03-14T06:43:15Z", "2026-03-14T06:43:16Z")]
    [InlineData("2026-03-14T07:43:15 01:00", "2026-03-14T06:43:15Z", "2026-03-14T06:43:16Z")]
    [InlineData("2026-03-14T07:43:15-03:30", "2026-03-14T11:13:15Z", "2026-03-14T11:13:16Z")]
    [InlineData("2026-03-14T07:43:15.5Z", "2026-03-14T07:43:15.500Z", "2026-03-14T07:43:15.600Z")]
    [InlineData("2026-03-14T07:43:15.1234567Z", "2026-03-14T07:43:15.123Z", "2026-03-14T07:43:15.124Z")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z", "2017-01-01T00:00:01Z")]
    public void A_date_is_the_range_of_its_precision(string text, string start, string end)
    {
        Assert.True(FhirDateTime.TryParseRange(Encoding.UTF8.GetBytes(text), out var from, out var to));
        Assert.Equal((Milliseconds(start), Milliseconds(end)), (from, to));
    }

    [Theory]
    [InlineData("")]
    [InlineData("26")]
    [InlineData("2026-13")]
    [InlineData("2026-02-29")]
    [InlineData("2026-03-14T")]
    [InlineData("2026-03-14T24:00:00Z")]
    [InlineData("2026-03-14T07:60Z")]
    [InlineData("2026-03-14T07:43:15.Z")]
    [InlineData("2026-03-14T07:43:15+0100")]
    [InlineData("2026-03-14 07:43:15Z")]
    [InlineData("0000")]
    [InlineData("9999")]
    [InlineData("2026-03-14T07:43:15+15:00")]
    public void Anything_else_is_none(string text) => Assert.False(FhirDateTime.TryParseRange(Encoding.UTF8.GetBytes(text), out _, out _));

    private static long Milliseconds(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
