using System.Globalization;
using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;
using HomeHub.Core.Household;
using HomeHub.Core.Network;
using HomeHub.Testing;
using HomeHub.Web.Tests.Bench;
using Microsoft.Playwright;

namespace HomeHub.Web.Tests.Browser;

/// <summary>The guide in a real browser, from the label's code to the status page.</summary>
[Collection(BrowserCollection.Name)]
public sealed class SetupBrowserTests(BrowserFixture fixture)
{
    [SkippableFact]
    public async Task A_nurse_installs_a_hub_by_phone_without_script()
    {
        await using PagesBench bench = await PagesBench.OpenNewAsync(time: TimeProvider.System);
        bench.KnownPatients = [];
        bench.Wifi.Add("Etxea 5G", 80, WifiSecurity.Passphrase, "kontuz-hemen-2026");
        await using IBrowserContext context = await fixture.Require().NewContextAsync(
            new() { IgnoreHTTPSErrors = true, Locale = "en", ViewportSize = new() { Width = 320, Height = 640 }, JavaScriptEnabled = false });
        IPage page = await context.NewPageAsync();
        await page.GotoAsync($"https://localhost:{bench.Server.Port.ToString(CultureInfo.InvariantCulture)}/");
        await page.FillAsync("#code", (await bench.Household.GetClaimCodeAsync(default))!);
        await page.FillAsync("#pin", PagesBench.NursePin);
        await page.FillAsync("#again", PagesBench.NursePin);
        await MainAsync(page, "**/setup");
        await page.ClickAsync("main a.button.main");
        await page.SelectOptionAsync("#zone", "Europe/Madrid");
        await MainAsync(page, "**/setup/network");
        await page.CheckAsync("input[name=network]");
        await page.FillAsync("#passphrase", "kontuz-hemen-2026");
        await page.ClickAsync("form[action='/setup/network/join'] button");
        await page.GetByText("The hub is in the network").WaitForAsync();
        await MainAsync(page, "**/setup/connection");
        await MainAsync(page, "**/setup/people");
        await page.FillAsync("#id", "123");
        await page.ClickAsync("form[action='/setup/people/check'] button");
        Assert.Equal("true", await page.GetAttributeAsync("#id", "aria-invalid"));
        await page.FillAsync("#id", "Patient/123");
        await page.ClickAsync("form[action='/setup/people/check'] button");
        await page.FillAsync("#name", "Amaia");
        await MainAsync(page, "**/setup/people?done=saved");
        HouseholdPerson amaia = Assert.Single(await bench.Household.ListPeopleAsync(default));
        await MainAsync(page, "**/setup/devices");
        await MainAsync(page, "**/setup/clocks");
        await MainAsync(page, "**/setup/consent");
        await bench.Consents.DecideAsync(
            [new ConsentDecision(amaia.Patient, DataKinds.Weight, Recipient.CareTeam, ConsentAnswer.Given, TimeProvider.System.GetUtcNow(), "the nurse", TimeProvider.System.GetUtcNow())], default);
        await page.ReloadAsync();
        await page.ClickAsync("main a.button.main");
        await page.ArriveAsync("**/setup/patient");
        await MainAsync(page, "**/setup/summary");
        Assert.Contains("Europe/Madrid", await page.TextContentAsync("main"), StringComparison.Ordinal);
        await MainAsync(page, "**/status");
    }

    [SkippableFact]
    public async Task The_hubs_own_network_is_opened_left_and_explained_so_that_everybody_can_read_it()
    {
        await using PagesBench bench = await PagesBench.OpenAsync(time: TimeProvider.System);
        bench.OwnNetwork.Condition = OwnNetworkCondition.Closed;
        bench.Wifi.Add("Etxea 5G", 80, WifiSecurity.Passphrase, "kontuz-hemen-2026");
        await using IBrowserContext context = await fixture.Require().NewContextAsync(new() { IgnoreHTTPSErrors = true, Locale = "en", ViewportSize = new() { Width = 320, Height = 640 } });
        IPage page = await context.NewPageAsync();
        string root = $"https://localhost:{bench.Server.Port.ToString(CultureInfo.InvariantCulture)}";
        await page.GotoAsync(root + "/sign-in/0");
        await page.FillAsync("#pin", PagesBench.NursePin);
        await MainAsync(page, "**/setup");
        bench.Keeper.Ask();
        await Eventually.HoldsAsync(() => bench.Keeper.State.IsOpen, "open");
        await page.GotoAsync(root + "/setup/network");
        await page.GetByText("The hub's own network is open: HomeHub-AB12").WaitForAsync();
        await LookAsync(page);
        await page.CheckAsync("input[name=network]");
        await page.FillAsync("#passphrase", "kontuz-hemen-2026");
        await page.ClickAsync("form[action='/setup/network/join'] button");
        await page.ArriveAsync("**/setup/network/joining");
        await LookAsync(page);
        Assert.Contains("Connect the phone to: Etxea 5G", await page.TextContentAsync("main"), StringComparison.Ordinal);
        await Eventually.HoldsAsync(() => bench.Keeper.State.Last is { Outcome: WifiJoin.Joined }, "joined");
    }

    private static async Task MainAsync(IPage page, string url)
    {
        await page.ClickAsync("main button.main");
        await page.ArriveAsync(url);
    }

    private static async Task LookAsync(IPage page)
    {
        Assert.Empty(await PageLook.AxeAsync(page));
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > window.innerWidth"), page.Url);
    }
}
