using System.Net;
using HomeHub.Core.Household;
using HomeHub.Web.Tests.Bench;

namespace HomeHub.Web.Tests.SignIn;

public sealed class ClaimTests : IAsyncLifetime
{
    private PagesBench _bench = null!;
    private string _code = "";

    public async Task InitializeAsync()
    {
        _bench = await PagesBench.OpenNewAsync();
        _code = (await _bench.Household.GetClaimCodeAsync(default))!;
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task The_code_of_the_label_makes_the_hub_a_nurses_once()
    {
        PageBrowser browser = _bench.OpenBrowser();
        Assert.Equal("/claim", (await browser.GetAsync("/")).Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.ClaimAsync(_code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal), PagesBench.NursePin)).StatusCode);
        Assert.Equal("/setup", (await browser.GetAsync("/")).Headers.Location!.ToString());
        PageBrowser other = _bench.OpenBrowser();
        Assert.Equal("/sign-in", (await other.GetAsync("/claim")).Headers.Location!.ToString());
        await other.GetAsync("/sign-in");
        HttpResponseMessage again = await other.PostAsync("/claim", ("code", _code), ("pin", "555666"), ("again", "555666"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await other.SignInAsync(0, PagesBench.NursePin)).StatusCode);
    }

    [Theory]
    [InlineData("12345", "12345")]
    [InlineData("1234567890123", "1234567890123")]
    [InlineData("12a456", "12a456")]
    [InlineData("739104", "739105")]
    [InlineData("000000", "000000")]
    [InlineData("123456", "123456")]
    [InlineData("987654", "987654")]
    [InlineData("", "")]
    public async Task A_pin_that_is_none_or_too_easy_is_refused_in_words_and_the_code_stays(string pin, string again)
    {
        PageBrowser browser = _bench.OpenBrowser();
        await browser.GetAsync("/claim");
        HttpResponseMessage answer = await browser.PostAsync("/claim", ("code", _code), ("pin", pin), ("again", again));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        string html = await answer.Content.ReadAsStringAsync();
        Assert.Contains("id=\"pin-error\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"" + (pin.Length == 0 ? "none" : pin) + "\"", html, StringComparison.Ordinal);
        Assert.Equal(_code, await _bench.Household.GetClaimCodeAsync(default));
    }

    [Fact]
    public async Task Codes_can_not_be_guessed_for_long()
    {
        PageBrowser browser = _bench.OpenBrowser();
        HttpStatusCode last = default;
        for (int i = 0; i < LockOut.FreeTries; i++)
        {
            last = (await browser.ClaimAsync("AAAA-AAAA-AAAA", PagesBench.NursePin)).StatusCode;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.ClaimAsync(_code, PagesBench.NursePin)).StatusCode);
        _bench.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.ClaimAsync(_code, PagesBench.NursePin)).StatusCode);
    }

    [Fact]
    public async Task A_reset_signs_the_nurse_out_and_the_new_code_lets_one_in()
    {
        PageBrowser nurse = _bench.OpenBrowser();
        await nurse.ClaimAsync(_code, PagesBench.NursePin);
        string code = ClaimCode.Create();
        await _bench.Household.ResetNurseAsync(code, default);
        Assert.Equal("/claim", (await nurse.GetAsync("/")).Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await nurse.SignInAsync(0, PagesBench.NursePin)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await nurse.ClaimAsync(code, "482915")).StatusCode);
    }
}
