using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Climate;
using HomeHub.Core.Consent;
using HomeHub.Core.Delivery;
using HomeHub.Core.History;
using HomeHub.Core.ManualEntries;
using HomeHub.Core.Moving;
using HomeHub.Core.Network;
using HomeHub.Core.People;
using HomeHub.Core.Peripherals;
using HomeHub.Core.SelfCheck;
using HomeHub.Core.Setup;
using HomeHub.Profiles.Catalogue;
using HomeHub.Web.Consent;
using HomeHub.Web.Readings;
using HomeHub.Web.Setup;
using HomeHub.Web.SignIn;
using HomeHub.Web.Status;
using HomeHub.Web.Texts;
using SetupStep = HomeHub.Web.Setup.SetupStep;

namespace HomeHub.Web.Tests.Texts;

/// <summary>Nothing is missing, left over or different between the languages.</summary>
public sealed class TextsTests
{
    /// <summary>Texts that stand for what a program tells apart: prefix, and the names behind it. A new one is a line here.</summary>
    private static readonly Dictionary<string, Type> OfEnums = new()
    {
        ["pin.problem"] = typeof(PinProblem), ["warning"] = typeof(WarningKind), ["warning-do"] = typeof(WarningKind), ["radio"] = typeof(CentralCondition),
        ["bond"] = typeof(BondSecurity), ["trouble"] = typeof(PeripheralFault),
        ["kind"] = typeof(DataKinds), ["consent-answer"] = typeof(ConsentAnswer), ["consent-state"] = typeof(ConsentAnswer), ["consent-problem"] = typeof(ConsentProblem),
        ["wrong"] = typeof(WrongReason), ["unassigned"] = typeof(UnassignedReason), ["reading-problem"] = typeof(ReadingProblem), ["manual"] = typeof(ManualKind),
        ["entry-problem"] = typeof(EntryProblem),
        ["vital-sign"] = typeof(VitalSign), ["usual"] = typeof(UsualWord),
        ["delivery"] = typeof(DeliveryState),
        ["setup-stage"] = typeof(SetupStage), ["setup-problem"] = typeof(SetupProblem), ["device-kind"] = typeof(DeviceCategory),
        ["setup-step"] = typeof(SetupStep), ["setup-people.problem"] = typeof(PersonIdProblem),
        ["setup-fault"] = typeof(UplinkFault), ["setup-fault-do"] = typeof(UplinkFault), ["setup-link"] = typeof(LinkKind), ["setup-name"] = typeof(HomeNameCondition),
        ["wifi-join"] = typeof(WifiJoin), ["wifi-security"] = typeof(WifiSecurity), ["wifi-condition"] = typeof(WifiCondition),
        ["about"] = typeof(AuditDetail), ["room-sensor"] = typeof(RoomCondition),
        ["move-problem"] = typeof(MoveProblem),
        ["check"] = typeof(CheckKind), ["check-is"] = typeof(CheckOutcome), ["check-reason"] = typeof(CheckReason), ["check-do"] = typeof(CheckReason),
        ["setup-certificate"] = typeof(CertificateUse), ["setup-certificate-is"] = typeof(CertificateCondition),
    };

    /// <summary>Texts that may be alike in English and another language, as words of the field and names are.</summary>
    private static readonly string[] AlikeInAll = ["format.", "status.bluetooth", "status.free", "people.pin", "status.title", "people.unnamed", "pin.title", "span.", "status.since", "status.celsius", "status.battery-level", "setup-summary.by"];

    public static TheoryData<string> Others => [.. Languages.Codes.Where(code => code != Languages.DefaultCode)];

    public static TheoryData<string> All => [.. Languages.Codes];

    private static IReadOnlyDictionary<string, string> English => Languages.Default.Texts;

    [Theory]
    [MemberData(nameof(Others))]
    public void A_language_has_every_text_in_the_same_order_with_the_same_placeholders(string code)
    {
        IReadOnlyDictionary<string, string> texts = Languages.Find(code)!.Texts;
        Assert.Equal(English.Keys, texts.Keys);
        Assert.All(texts, text => Assert.Equal(Placeholders(English[text.Key]), Placeholders(text.Value)));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void A_language_is_no_copy_of_English(string code) =>
        Assert.All(Languages.Find(code)!.Texts.Where(text => !AlikeInAll.Any(alike => text.Key.StartsWith(alike, StringComparison.Ordinal))), text =>
            Assert.True(text.Value != English[text.Key] || IsShort(text.Value), $"{text.Key}: {text.Value}"));

    [Theory]
    [MemberData(nameof(All))]
    public void No_text_is_empty_and_a_language_has_twelve_months(string code)
    {
        Language language = Languages.Find(code)!;
        Assert.All(language.Texts.Where(text => text.Key != "format.group"), text => Assert.NotEqual("", text.Value.Trim()));
        Assert.Equal(12, language.Texts["format.months"].Split('|').Distinct().Count());
    }

    [Fact]
    public void Every_text_is_used_and_every_text_that_is_used_is_there()
    {
        HashSet<string> used = [.. OfEnums.SelectMany(prefix => Enum.GetNames(prefix.Value).Select(name => $"{prefix.Key}.{Kebab(name)}"))];
        used.UnionWith(ProfileTerms.Bits.Select(name => $"device-note.{name}"));
        string source = string.Join('\n', Sources());
        foreach (Match text in Regex.Matches(source, "\"(?<key>[a-z-]+(?:\\.[a-z0-9-]+)*)\""))
        {
            string key = text.Groups["key"].Value;
            used.UnionWith(new[] { key, key + ".one", key + ".other" }.Where(English.ContainsKey));
        }

        foreach (Match error in Regex.Matches(source, "\\$\"error\\.\\{Known\\}(?<part>\\.\\w+)\""))
        {
            used.UnionWith(new[] { 400, 403, 404, 429, 500 }.Select(status => $"error.{status}{error.Groups["part"].Value}"));
        }

        Assert.Empty(English.Keys.Except(used));
        Assert.Empty(used.Except(English.Keys));
        IEnumerable<string> asked = Regex.Matches(source, "(?<!page\\.)(?:Text|Count)\\((?:[^\"()]*\\? )?\"(?<key>[a-z0-9.-]+)\"").Select(match => match.Groups["key"].Value);
        Assert.DoesNotContain(asked, key => !English.ContainsKey(key) && !English.ContainsKey(key + ".one") && !OfEnums.ContainsKey(key));
    }

    [Theory]
    [InlineData("en", "26 November 2026, 09:05", "1,234", "36.60")]
    [InlineData("es", "26 de noviembre de 2026, 9:05", "1.234", "36,60")]
    [InlineData("eu", "2026/11/26, 09:05", "1.234", "36,60")]
    [InlineData("sv", "26 november 2026 kl. 09:05", "1\u00a0234", "36,60")]
    [InlineData("nb", "26. november 2026 kl. 09:05", "1\u00a0234", "36,60")]
    public void Dates_and_numbers_are_written_as_the_language_does(string code, string moment, string count, string value)
    {
        Language language = Languages.Find(code)!;
        Assert.Equal(moment, language.Moment(new DateTimeOffset(2026, 11, 26, 9, 5, 0, TimeSpan.Zero)));
        Assert.Equal((count, value), (language.Number(1234L), language.Number(36.60m)));
    }

    [Theory]
    [InlineData("es-MX", "es")]
    [InlineData("NO", "nb")]
    [InlineData("nn-NO", "nb")]
    [InlineData("eu_ES", "eu")]
    [InlineData("fr", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_language_is_found_by_its_tag(string? tag, string? code) => Assert.Equal(code, Languages.Find(tag)?.Code);

    private static bool IsShort(string text) => text.Length <= 10;

    private static IEnumerable<string> Placeholders(string text) => Regex.Matches(text, "\\{\\w+\\}").Select(match => match.Value).Order(StringComparer.Ordinal);

    private static string Kebab(string name) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    private static IEnumerable<string> Sources([CallerFilePath] string here = "")
    {
        string web = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../gateway/HomeHub.Web"));
        return Directory.EnumerateFiles(web, "*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)).Select(File.ReadAllText);
    }
}
