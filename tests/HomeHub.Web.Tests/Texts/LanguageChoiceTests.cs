using System.Net;
using HomeHub.Core.Household;
using HomeHub.Testing;
using HomeHub.Web.Tests.Bench;

namespace HomeHub.Web.Tests.Texts;

public sealed class LanguageChoiceTests : IAsyncLifetime
{
    private PagesBench _bench = null!;

    public async Task InitializeAsync() => _bench = await PagesBench.OpenAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task The_browser_is_asked_then_the_hub_then_what_was_chosen_here_then_the_person()
    {
        PageBrowser browser = _bench.OpenBrowser();
        await AssertAsync(browser, "en", "/sign-in");
        browser.Language = "fr, nn;q=0.8, es;q=0.5";
        await AssertAsync(browser, "nb", "/sign-in");
        await _bench.Household.SetSettingAsync(HouseholdSettings.Language, "sv", default);
        await AssertAsync(browser, "sv", "/sign-in");
        await browser.PostAsync("/language", ("language", "es"));
        await AssertAsync(browser, "es", "/sign-in");
        await browser.SignInAsync(1, PagesBench.PersonPin);
        await AssertAsync(browser, "es", "/people/1");
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.PostAsync("/people/1/language", ("language", "eu"))).StatusCode);
        await AssertAsync(browser, "eu", "/people/1");
        Assert.Equal(new HouseholdPerson(1, SampleReadings.Patient) { Name = "Begoña", Language = "eu", HasPin = true }, await _bench.Household.FindPersonAsync(1, default));
        await browser.PostAsync("/language", ("language", "nb"));
        await AssertAsync(browser, "nb", "/people/1");
    }

    [Fact]
    public async Task What_is_no_language_is_refused()
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        await nurse.GetAsync("/nurse");
        Assert.Equal(HttpStatusCode.BadRequest, (await nurse.PostAsync("/language", ("language", "../en"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await nurse.PostAsync("/people/1/language", ("language", "fr"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await nurse.PostAsync("/nurse/settings", ("language", "fr"), ("glucose", "mmol/L"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await nurse.PostAsync("/nurse/settings", ("language", "es"), ("glucose", "stones"))).StatusCode);
        Assert.Null(await _bench.Household.GetSettingAsync(HouseholdSettings.Language, default));
        Assert.Equal(HttpStatusCode.SeeOther, (await nurse.PostAsync("/nurse/settings", ("language", "es"), ("glucose", "mg/dL"))).StatusCode);
        Assert.Equal("mg/dL", await _bench.Household.GetSettingAsync(HouseholdSettings.GlucoseUnit, default));
    }

    private static async Task AssertAsync(PageBrowser browser, string code, string path) =>
        Assert.Contains($"<html lang=\"{code}\">", await browser.ReadAsync(path), StringComparison.Ordinal);
}
