using System.Net;
using HomeHub.Core.Household;
using HomeHub.Core.Time;
using HomeHub.Web.Setup;
using HomeHub.Web.Tests.Bench;

namespace HomeHub.Web.Tests.Setup;

public sealed class PlaceTests : IAsyncLifetime
{
    private PagesBench _bench = null!;

    public async Task InitializeAsync() => _bench = await PagesBench.OpenAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task A_zone_that_is_chosen_counts_at_once_and_is_kept()
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        string page = await nurse.ReadAsync("/setup/place");
        Assert.Contains("<option value selected>", page, StringComparison.Ordinal);
        await nurse.PostAsync("/setup/place", ("language", ""), ("zone", "Europe/Stockholm"));
        Assert.Equal("Europe/Stockholm", _bench.Zone.Zone!.Id);
        Assert.Equal("Europe/Stockholm", await _bench.Household.GetSettingAsync(HouseholdSettings.TimeZone, default));
        page = await nurse.ReadAsync("/setup/place");
        Assert.Contains("<option value=\"Europe/Stockholm\" selected>Stockholm", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split(" selected>").Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Europe/Nowhere")]
    [InlineData("system")]
    public async Task What_is_no_zone_is_told_in_words_and_changes_nothing(string zone)
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        await nurse.GetAsync("/setup/place");
        HttpResponseMessage answer = await nurse.PostAsync("/setup/place", ("language", "es"), ("zone", zone));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("id=\"zone-error\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(_bench.Zone.IsKnown);
        Assert.Null(await _bench.Household.GetSettingAsync(HouseholdSettings.Language, default));
    }

    [Fact]
    public async Task What_the_configuration_says_wins_and_is_shown_as_fixed()
    {
        await using PagesBench bench = await PagesBench.OpenAsync();
        bench.Zone = new HomeZone(HomeZone.Find("Europe/Oslo"));
        await bench.RestartAsync();
        PageBrowser nurse = await bench.SignInAsync(0);
        string page = await nurse.ReadAsync("/setup/place");
        Assert.Contains("Europe/Oslo", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<select", page, StringComparison.Ordinal);
        Assert.Equal("/setup/network", (await nurse.PostAsync("/setup/place", ("language", "nb"), ("zone", "Europe/Madrid"))).Headers.Location!.ToString());
        Assert.Equal("Europe/Oslo", bench.Zone.Zone!.Id);
        Assert.Null(await bench.Household.GetSettingAsync(HouseholdSettings.TimeZone, default));
    }

    [Fact]
    public void The_homes_of_the_pages_languages_come_first_then_all()
    {
        var groups = ZoneChoices.Of("first");
        Assert.Equal(["Europe/Madrid", "Europe/Stockholm", "Europe/Oslo", "Europe/London"], groups[0].Choices.Select(zone => zone.Value));
        Assert.True(groups.Skip(1).Sum(group => group.Choices.Count) > 300);
        Assert.Contains(("America/Argentina/Buenos_Aires", "Argentina, Buenos Aires"), groups.Single(group => group.Group == "America").Choices);
        Assert.All(groups.SelectMany(group => group.Choices), zone => Assert.NotNull(HomeZone.Find(zone.Value)));
    }
}
