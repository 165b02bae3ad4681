using System.Collections.Concurrent;
using System.Globalization;
using HomeHub.Core.Network;
using HomeHub.Testing;
using HomeHub.Web.Endpoints;
using HomeHub.Web.SignIn;
using HomeHub.Web.Tests.Bench;
using HomeHub.Web.Tests.Own;
using HomeHub.Web.Texts;
using Microsoft.Playwright;

namespace HomeHub.Web.Tests.Browser;

/// <summary>The pages in a real browser: seen by everybody, in every language and look, with the keyboard, without script.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PageTests(BrowserFixture fixture) : IAsyncLifetime
{
    /// <summary>Pages that are looked at at the same time.</summary>
    private const int AtATime = 2;

    private PagesBench _bench = null!;

    public static TheoryData<string> AllLanguages => [.. Languages.Codes];

    private string Root => $"https://localhost:{_bench.Server.Port.ToString(CultureInfo.InvariantCulture)}";

    public async Task InitializeAsync()
    {
        _bench = await DeviceScene.OpenAsync();
        _bench.Overview.Now = BrowserPages.Busy(TimeProvider.System.GetUtcNow());
        await OwnReadings.FillAsync(_bench.Buffer, TimeProvider.System.GetUtcNow());
        await _bench.Buffer.AppendAsync(OwnReadings.NotUnderstood(TimeProvider.System.GetUtcNow().AddDays(-3)));
        _bench.Wifi.Add("Etxea 5G", 80, WifiSecurity.Passphrase, "kontuz-hemen-2026");
        _bench.Wifi.Add("Guests of the house next door", 40, WifiSecurity.Open);
        _bench.Wifi.Add("Hospital", 20, WifiSecurity.Account);
    }

    public async Task DisposeAsync()
    {
        await _bench.DisposeAsync();
        await _bench.Radio!.DisposeAsync();
    }

    /// <summary>In the first language its pictures are kept too.</summary>
    [SkippableTheory]
    [MemberData(nameof(AllLanguages))]
    public async Task Every_page_can_be_read_and_touched_by_everybody_in_every_look(string language)
    {
        ConcurrentQueue<string> found = new();
        Task<string[]> once = SeeOnceAsync(language, found);
        await Task.WhenAll(WalkAsync(language, found), once);
        string[] seen = [.. once.Result, .. ComponentsOf(_bench)];
        foreach (Type page in typeof(PagesServer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(PageComponent)) && type.Name.EndsWith("Page", StringComparison.Ordinal)))
        {
            if (!BrowserPages.InFlows.Contains(page.Name) && !seen.Any(line => line.Contains($"({page.FullName})", StringComparison.Ordinal)))
            {
                found.Enqueue($"{page.FullName} is looked at nowhere: add it to BrowserPages");
            }
        }

        Assert.True(found.IsEmpty, string.Join('\n', found));
    }

    [SkippableFact]
    public async Task A_person_signs_in_with_the_keyboard_alone_and_sees_where_they_are()
    {
        await using IBrowserContext context = await OpenAsync(new());
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(Root + "/");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("#main", await FocusedAsync(page, "getAttribute('href')"));
        Assert.True(await page.EvaluateAsync<bool>("document.activeElement.getBoundingClientRect().left >= 0"));
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("/sign-in/1", await FocusedAsync(page, "getAttribute('href')"));
        Assert.NotEqual("none", await page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"));
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync("**/sign-in/1");
        for (int i = 0; i < 10 && await FocusedAsync(page, "id") != "pin"; i++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await page.Keyboard.TypeAsync(PagesBench.PersonPin);
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync("**/people/1");
        Assert.Equal("Begoña", await page.TextContentAsync("h1"));
    }

    [SkippableFact]
    public async Task Everything_but_live_parts_works_without_script()
    {
        await using IBrowserContext context = await OpenAsync(new() { JavaScriptEnabled = false });
        IPage page = await context.NewPageAsync();
        await SignInAsync(page, 0, PagesBench.NursePin);
        await page.ClickAsync("nav a[href='/nurse']");
        await page.CheckAsync("input[name=language][value=eu]");
        await page.ClickAsync("#hub + form button, section[aria-labelledby=hub] button");
        Assert.Contains("eu", await page.GetAttributeAsync("html", "lang"), StringComparison.Ordinal);
        await page.ClickAsync("header form button");
        await page.ArriveAsync("**/sign-in");
    }

    [SkippableFact]
    public async Task The_status_page_goes_with_the_hub()
    {
        await using IBrowserContext context = await OpenAsync(new());
        IPage page = await context.NewPageAsync();
        await SignInAsync(page, 0, PagesBench.NursePin);
        await page.GotoAsync(Root + "/status");
        await page.GetByText("This page keeps itself up to date.").WaitForAsync();
        _bench.Overview.Now = new OverviewDouble(TimeProvider.System.GetUtcNow()).Now;
        await page.GetByText("All is well").WaitForAsync();
    }

    [SkippableFact]
    public async Task Values_leave_the_screen_when_the_session_ends_and_do_not_come_back()
    {
        await using IBrowserContext context = await OpenAsync(new());
        IPage page = await context.NewPageAsync();
        await SignInAsync(page, 1, PagesBench.PersonPin);
        await page.GetByText("146/84").WaitForAsync();
        await page.GetByText("This page keeps itself up to date.").WaitForAsync();
        await _bench.Household.SetPinAsync(1, PinHash.Create("5823"), default);
        await page.ArriveAsync("**/sign-in");
        Assert.DoesNotContain("146", await page.ContentAsync(), StringComparison.Ordinal);
        await page.GoBackAsync();
        Assert.DoesNotContain("146", await page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_month_to_print_comes_by_a_button_and_without_what_is_no_use_on_paper()
    {
        await using IBrowserContext context = await OpenAsync(new() { ViewportSize = new() { Width = 390, Height = 844 } });
        IPage page = await context.NewPageAsync();
        await SignInAsync(page, 1, PagesBench.PersonPin);
        await page.GotoAsync(Root + "/people/1/data");
        await page.ClickAsync("section[aria-labelledby=take] button >> nth=0");
        await page.GetByText("From ").First.WaitForAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.ScreenshotAsync(new() { Path = Path.Combine(PageLook.Pictures(), "summary-printed.png"), FullPage = true });
        Assert.False(await page.IsVisibleAsync("header .ways"));
    }

    private static Task<string> FocusedAsync(IPage page, string what) => page.EvaluateAsync<string>($"document.activeElement.{what}");

    private async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions options)
    {
        options.IgnoreHTTPSErrors = true;
        options.Locale ??= "en";
        return await fixture.Require().NewContextAsync(options);
    }

    private async Task SignInAsync(IPage page, int account, string pin)
    {
        await page.GotoAsync($"{Root}/sign-in/{account.ToString(CultureInfo.InvariantCulture)}");
        await page.FillAsync("#pin", pin);
        await page.ClickAsync("main button");
        await page.ArriveAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    /// <summary>Opens every page as whoever it is for, several at a time; what the browser complains of (Content-Security-Policy, missing files) is an error.</summary>
    private async Task WalkAsync(string language, ConcurrentQueue<string> complaints)
    {
        var visits = BrowserPages.All.Select((page, i) => (Page: page, Visit: i % AtATime)).GroupBy(one => (one.Page.Account, one.Visit), one => one.Page);
        await Parallel.ForEachAsync(visits, new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (pages, cancellation) =>
        {
            await using IBrowserContext context = await OpenAsync(new() { Locale = language });
            IPage page = await context.NewPageAsync();
            page.Console += (_, message) =>
            {
                if (message.Type == "error" && !message.Text.Contains("status of 4", StringComparison.Ordinal))
                {
                    complaints.Enqueue(message.Text);
                }
            };
            if (pages.Key.Account != BrowserPages.Nobody)
            {
                await SignInAsync(page, pages.Key.Account, pages.Key.Account == 0 ? PagesBench.NursePin : PagesBench.PersonPin);
            }

            foreach (PageVisit visit in pages)
            {
                try
                {
                    IResponse first = (await page.GotoAsync(Root + visit.Path))!;
                    if (first.Status != visit.Status)
                    {
                        complaints.Enqueue($"{visit.Name}: {first.Status} where {visit.Status} was expected");
                    }

                    await (visit.Then?.Invoke(page) ?? Task.CompletedTask);
                    await LookAsync(page, visit, language, complaints);
                }
                catch (PlaywrightException error)
                {
                    complaints.Enqueue($"{visit.Name}: {error.Message}");
                }
            }
        });
    }

    /// <summary>What is seen once in the life of a hub, or of a person with it: the code of the label, and the proof that everything of somebody is gone.</summary>
    /// <returns>Which components were shown.</returns>
    private async Task<string[]> SeeOnceAsync(string language, ConcurrentQueue<string> complaints)
    {
        await using PagesBench fresh = await PagesBench.OpenNewAsync(time: TimeProvider.System);
        await fresh.Household.AddPeopleAsync([SampleReadings.Patient], default);
        string root = $"https://localhost:{fresh.Server.Port.ToString(CultureInfo.InvariantCulture)}", code = (await fresh.Household.GetClaimCodeAsync(default))!;
        await using IBrowserContext context = await OpenAsync(new() { Locale = language });
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(root + "/");
        await LookAsync(page, new PageVisit("claim", "/claim", BrowserPages.Nobody), language, complaints);
        await SentForm.SendAsync(page, "/claim", ("code", "AAAA-AAAA-AAAA"), ("pin", PagesBench.NursePin), ("again", PagesBench.NursePin));
        await LookAsync(page, new PageVisit("claim-wrong", "/claim", BrowserPages.Nobody) { Wrong = "#code" }, language, complaints);
        await SentForm.SendAsync(page, "/claim", ("code", code), ("pin", PagesBench.NursePin), ("again", PagesBench.NursePin));
        Assert.Equal(root + "/setup", page.Url);
        await page.GotoAsync(root + "/people/1/leave");
        await SentForm.SendAsync(page, "/people/1/leave", ("confirmed", "yes"));
        Assert.Null(await fresh.Household.FindPersonAsync(1, default));
        await LookAsync(page, new PageVisit("proof", "/people/1/leave", 0), language, complaints);
        return ComponentsOf(fresh);
    }

    /// <summary>The components that a hub has shown, as their renderer logs them.</summary>
    private static string[] ComponentsOf(PagesBench bench) => [.. bench.Logs.Lines.Where(line => line.Contains("Initializing component", StringComparison.Ordinal)).Distinct()];

    private static async Task LookAsync(IPage page, PageVisit visit, string language, ConcurrentQueue<string> found)
    {
        if (visit.Wrong is { } field && await page.GetAttributeAsync(field, "aria-invalid") != "true")
        {
            found.Enqueue($"{visit.Name}: {field} is not marked as wrong");
        }

        if (language == Languages.DefaultCode)
        {
            await PageLook.PicturesAsync(page, visit.Name, found);
        }

        await PageLook.InEveryLookAsync(page, visit.Name, found);
    }
}
