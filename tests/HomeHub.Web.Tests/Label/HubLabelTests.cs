using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HomeHub.Core.Network;
using HomeHub.Web.Label;
using HomeHub.Web.Tests.Bench;
using HomeHub.Web.Texts;

namespace HomeHub.Web.Tests.Label;

public sealed class HubLabelTests
{
    private static readonly HubLabel Label = new(HubLabel.AddressOf(PagesBench.Hub, 8443), [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 8))], "ACDE-FGHJ-KM34");

    [Fact]
    public void It_tells_address_and_fingerprint_in_a_form_that_no_browser_sends_on()
    {
        Assert.Equal("https://homehub-ab12.local:8443/#sha256=AAgQGCAoMDhASFBYYGhweICIkJigqLC4wMjQ2ODo8Pg", Label.CodeText);
        Assert.StartsWith("0008 1018 2028 ", Label.FingerprintText, StringComparison.Ordinal);
        Assert.DoesNotContain("ACDE", Label.CodeText, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_is_a_pdf_whose_table_finds_every_object_and_holds_the_texts()
    {
        string pdf = Encoding.ASCII.GetString(Label.ToPdf());
        Assert.StartsWith("%PDF-1.4\n", pdf, StringComparison.Ordinal);
        int start = int.Parse(Regex.Match(pdf, @"startxref\n(\d+)\n%%EOF\n$").Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.Equal("xref", pdf.Substring(start, 4));
        int[] offsets = [.. Regex.Matches(pdf[start..], @"^(\d{10}) 00000 n $", RegexOptions.Multiline).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];
        Assert.Equal(6, offsets.Length);
        Assert.All(offsets.Index(), entry => Assert.StartsWith($"{entry.Index + 1} 0 obj\n", pdf[entry.Item..], StringComparison.Ordinal));
        Match stream = Regex.Match(pdf, @"/Length (\d+) >>\nstream\n(.*?)endstream", RegexOptions.Singleline);
        Assert.Equal(int.Parse(stream.Groups[1].Value, CultureInfo.InvariantCulture), stream.Groups[2].Length);
        Assert.Contains("(https://homehub-ab12.local:8443) Tj", pdf, StringComparison.Ordinal);
        Assert.Contains("(ACDE-FGHJ-KM34) Tj", pdf, StringComparison.Ordinal);
        Assert.Contains("(used) Tj", Encoding.ASCII.GetString((Label with { ClaimCode = null }).ToPdf()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_hubs_own_network_stands_on_it_with_a_code_of_its_own_where_there_is_one()
    {
        HubLabel label = Label with { Own = new OwnNetwork("HomeHub-AB12", "ACDE-FGHJ-KM34-NPQR") };
        Assert.Equal("WIFI:T:WPA;S:HomeHub-AB12;P:ACDE-FGHJ-KM34-NPQR;;", label.WifiCodeText);
        string pdf = Encoding.ASCII.GetString(label.ToPdf());
        Assert.Contains("(HomeHub-AB12   ACDE-FGHJ-KM34-NPQR) Tj", pdf, StringComparison.Ordinal);
        Assert.Contains("(https://10.42.0.1:8443) Tj", pdf, StringComparison.Ordinal);
        Assert.Contains("(https://homehub-ab12.local:8443) Tj", pdf, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(pdf, @"\nf\n"));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], label.ToWifiPng()!.Take(4));
        Assert.Equal((null, null), (Label.WifiCodeText, Label.ToWifiPng()));
        Assert.DoesNotContain("own network", Encoding.ASCII.GetString(Label.ToPdf()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "(Slowly on and off: all is well.) Tj")]
    [InlineData("es", "(Se enciende y se apaga despacio: todo va bien.) Tj")]
    [InlineData("eu", "(Astiro piztu eta itzaltzen da: dena ondo dago.) Tj")]
    [InlineData("sv", "(L\u00e5ngsamt av och p\u00e5: allt \u00e4r bra.) Tj")]
    [InlineData("nb", "(Sakte av og p\u00e5: alt er bra.) Tj")]
    public void A_box_with_light_and_button_has_a_second_page_that_says_what_they_mean(string language, string line)
    {
        string pdf = Encoding.Latin1.GetString((Label with { Board = Languages.Find(language) }).ToPdf());
        Assert.Contains(line, pdf, StringComparison.Ordinal);
        Assert.Contains("/Kids [3 0 R 5 0 R] /Count 2", pdf, StringComparison.Ordinal);
        int start = int.Parse(Regex.Match(pdf, @"startxref\n(\d+)\n%%EOF\n$").Groups[1].Value, CultureInfo.InvariantCulture);
        int[] offsets = [.. Regex.Matches(pdf[start..], @"^(\d{10}) 00000 n $", RegexOptions.Multiline).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];
        Assert.All(offsets.Index(), entry => Assert.StartsWith($"{entry.Index + 1} 0 obj\n", pdf[entry.Item..], StringComparison.Ordinal));
        // Nothing falls off the page, to the right or below.
        string second = Regex.Matches(pdf, @"stream\n(.*?)endstream", RegexOptions.Singleline)[1].Groups[1].Value;
        Assert.All(Regex.Matches(second, @"24 (-?[\d.]+) Td \((.*)\) Tj"), row => Assert.True(double.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture) > 20 && row.Groups[2].Length <= 54, row.Value));
        Assert.DoesNotContain("/Count 2", Encoding.Latin1.GetString(Label.ToPdf()), StringComparison.Ordinal);
    }

    [Fact]
    public void Signs_that_mean_something_in_the_code_are_marked() =>
        Assert.Equal(@"WIFI:T:WPA;S:a\;b\:c\,d\\e;P:x\""y12345;;", (Label with { Own = new OwnNetwork(@"a;b:c,d\e", @"x""y12345") }).WifiCodeText);

    [Fact]
    public void The_code_is_a_png() => Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], Label.ToPng().Take(4));
}
