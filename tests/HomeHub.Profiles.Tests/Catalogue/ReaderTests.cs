using System.Text;
using HomeHub.Profiles.Catalogue;

namespace HomeHub.Profiles.Tests.Catalogue;

public sealed class ReaderTests
{
    [Theory]
    [InlineData("", "line 1")]
    [InlineData("{\n\"id\": \"x\",\n}", "line 3")]
    [InlineData("[]", "a JSON object")]
    [InlineData("{ // no\n}", "JSON")]
    public void What_is_no_object_is_said_of_the_file(string json, string expected)
    {
        CatalogueReadResult result = CatalogueReader.Read("f.json", Encoding.UTF8.GetBytes(json));
        Assert.Null(result.Entry);
        CatalogueError error = Assert.Single(result.Errors);
        Assert.Equal(("f.json", ""), (error.File, error.Key));
        Assert.Contains(expected, error.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_too_large_is_not_read() =>
        Assert.Contains("bytes", Assert.Single(CatalogueReader.Read("f", new byte[CatalogueReader.MaxFileBytes + 1]).Errors).Expected, StringComparison.Ordinal);

    [Fact]
    public void All_that_is_wrong_is_told_at_once_each_by_its_key()
    {
        string json = Encoding.UTF8.GetString(CatalogueFolder.Bytes("heart-rate-strap/polar-h9.json"))
            .Replace("\"kind\": \"heart-rate-strap\"", "\"kind\": \"strap\"", StringComparison.Ordinal)
            .Replace("\"needsBond\"", "\"needBond\"", StringComparison.Ordinal)
            .Replace("\"180D\"", "\"180d\"", StringComparison.Ordinal)
            .Replace("\"nb\"", "\"no\"", StringComparison.Ordinal);
        CatalogueReadResult result = CatalogueReader.Read("f", Encoding.UTF8.GetBytes(json));
        Assert.Equal(
            ["kind", "pairing.nb", "pairing.no", "profiles[0]", "quirks.needBond", "recognition.services[0]"],
            result.Errors.Select(error => error.Key).Order(StringComparer.Ordinal));
        Assert.Contains("heart-rate-strap", result.Errors.Single(error => error.Key == "kind").Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_stands_there_twice_is_refused()
    {
        string json = Encoding.UTF8.GetString(CatalogueFolder.Bytes("heart-rate-strap/polar-h9.json"))
            .Replace("\"needsBond\": false,", "\"needsBond\": false, \"needsBond\": true,", StringComparison.Ordinal);
        Assert.Equal("quirks.needsBond", Assert.Single(CatalogueReader.Read("f", Encoding.UTF8.GetBytes(json)).Errors).Key);
    }

    [Fact]
    public void What_is_left_out_is_as_one_would_expect()
    {
        DeviceQuirks quirks = CatalogueFolder.Read("blood-pressure/beurer-bm54.json").Quirks;
        Assert.Equal(DeviceQuirks.None with { AdvertisesOnlyAfterMeasurement = true }, quirks);
        Assert.True(quirks.NeedsBond);
        Assert.False(quirks.AcceptsLegacyPairing);
    }

    [Fact]
    public void A_hub_keeps_an_entry_without_its_texts()
    {
        CatalogueEntry brief = CatalogueFolder.Read("thermometer/taidoc-td-1241.json").WithoutTexts();
        Assert.Empty(brief.Pairing);
        Assert.Empty(brief.Sources);
        Assert.Equal(40, brief.Quirks.ReconnectDelaySeconds);
    }
}
