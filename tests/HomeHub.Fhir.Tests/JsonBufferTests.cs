using System.Globalization;
using System.Text;
using HomeHub.Fhir.Writing;

namespace HomeHub.Fhir.Tests;

/// <summary>Numbers and texts, digit by digit.</summary>
public sealed class JsonBufferTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("0.0")]
    [InlineData("36.80")]
    [InlineData("-0.05")]
    [InlineData("-12")]
    [InlineData("200")]
    [InlineData("0.000")]
    [InlineData("0.0000000000000000000000000001")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("-7.9228162514264337593543950335")]
    [InlineData("18446744073709551615")]
    [InlineData("18446744073709551616.0")]
    public void A_number_keeps_every_digit(string text)
    {
        Assert.Equal(text, Written(json => json.Number(decimal.Parse(text, CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void There_is_no_negative_zero() => Assert.Equal("0.0", Written(json => json.Number(new decimal(0, 0, 0, true, 1))));

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("a\"b\\c", "\"a\\\"b\\\\c\"")]
    [InlineData("°C", "\"°C\"")]
    [InlineData("tab\tbell\u0007del\u007F", "\"tabbelldel\"")]
    public void A_text_is_escaped(string text, string expected) => Assert.Equal(expected, Written(json => json.Text(text)));

    [Fact]
    public void Half_a_surrogate_pair_becomes_the_replacement_character() =>
        Assert.Equal("half \ufffd", System.Text.Json.JsonDocument.Parse(Written(json => json.Text("half " + (char)0xD83E))).RootElement.GetString());

    [Fact]
    public void It_grows()
    {
        string text = new('x', 100_000);
        Assert.Equal($"\"{text}\"", Written(json => json.Text(text)));
    }

    private static string Written(Action<JsonBuffer> write)
    {
        var json = new JsonBuffer();
        write(json);
        return Encoding.UTF8.GetString(json.Span);
    }
}
