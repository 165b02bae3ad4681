using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using HomeHub.Core.Network;
using HomeHub.Web.Tests.Bench;
using HomeHub.Web.Tests.Own;
using HomeHub.Web.Texts;
using Microsoft.Playwright;

namespace HomeHub.Web.Tests.Browser;

/// <summary>The pages in a real browser: seen by everybody, in every language and look, with the keyboard, without script.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PageTests(BrowserFixture fixture) : IAsyncLifetime
{
    private const string LargeText = "document.documentElement.style.fontSize = '237.5%'";

    private const string Widest =
        "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > window.innerWidth + 1).slice(-2).map(e => e.outerHTML.slice(0, 160)).join(' ')";

    /// <summary>
    /// What changes with the look is colours only, and those are the same in every language: they are looked at in one. The rest is looked at in each language, with
    /// large text on a narrow screen, where most goes wrong.
    /// </summary>
    private static readonly AxeRunOptions ColoursOnly = new() { RunOnly = RunOnlyOptions.Rules("color-contrast") };

    private static readonly (string Name, PageEmulateMediaOptions Options)[] Looks =
    [
        ("light", new() { ColorScheme = ColorScheme.Light, Contrast = Contrast.NoPreference, ForcedColors = ForcedColors.None }),
        ("high contrast", new() { ColorScheme = ColorScheme.Light, Contrast = Contrast.More, ForcedColors = ForcedColors.None }),
        ("high contrast, dark", new() { ColorScheme = ColorScheme.Dark, Contrast = Contrast.More, ForcedColors = ForcedColors.None }),
    ];

    private static readonly PageEmulateMediaOptions Dark = new() { ColorScheme = ColorScheme.Dark, Contrast = Contrast.NoPreference, ForcedColors = ForcedColors.None };

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
        _bench.Wifi.Add("Etxea 5G", 80, WifiSecurity.Passphrase, "kontuz-hemen-2026");
        _bench.Wifi.Add("Guests of the house next door", 40, WifiSecurity.Open);
        _bench.Wifi.Add("Hospital", 20, WifiSecurity.Account);
    }

    public async Task DisposeAsync()
    {
        await _bench.DisposeAsync();
        await _bench.Radio!.DisposeAsync();
    }

    [SkippableTheory]
    [MemberData(nameof(AllLanguages))]
    public async Task Axe_finds_nothing_in_any_look(string language)
    {
        ConcurrentQueue<string> found = new();
        await WalkAsync(new() { Locale = language, ColorScheme = ColorScheme.Light }, async (page, what) =>
        {
            if (language == Languages.DefaultCode)
            {
                foreach ((string look, PageEmulateMediaOptions options) in Looks)
                {
                    await page.EmulateMediaAsync(options);
                    await NoteAsync($"{what}, {look}", ColoursOnly);
                }
            }

            await page.EmulateMediaAsync(Dark);
            await page.SetViewportSizeAsync(320, 640);
            await page.EvaluateAsync(LargeText);
            await NoteAsync($"{what}, text at 200 %", null);
            if (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > window.innerWidth"))
            {
                found.Enqueue($"{what}: wider than the screen: {await page.EvaluateAsync<string>(Widest)}");
            }

            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, Contrast = Contrast.NoPreference, ForcedColors = ForcedColors.None });
            await page.SetViewportSizeAsync(820, 1180);

            async Task NoteAsync(string where, AxeRunOptions? only)
            {
                AxeResult result = only is null ? await page.RunAxe() : await page.RunAxe(only);
                foreach (AxeResultItem violation in result.Violations)
                {
                    found.Enqueue($"{where}: {violation.Id}: {string.Join(" ", violation.Nodes.Take(3).Select(node => node.Html))}");
                }
            }
        });
        Assert.Empty(found);
    }

    [SkippableFact]
    public async Task What_can_be_touched_is_44_pixels_high_and_every_page_has_its_picture()
    {
        string folder = Pictures();
        ConcurrentQueue<string> small = new();
        foreach ((string size, int width, int height) in new[] { ("phone", 390, 844), ("tablet", 820, 1180) })
        {
            await WalkAsync(new() { ViewportSize = new() { Width = width, Height = height }, Locale = "en" }, async (page, what) =>
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{what}-{size}.png"), FullPage = true });
                string[] here = await page.EvaluateAsync<string[]>("""
                    [...document.querySelectorAll('a, button, label:has(input[type=radio], input[type=checkbox]), input:not([type=radio]):not([type=checkbox]):not([type=hidden])')]
                      .filter(e => !e.classList.contains('skip-link')).filter(e => { const r = e.getBoundingClientRect(); return r.height < 44 || r.width < 44; }).map(e => e.outerHTML)
                    """);
                foreach (string element in here)
                {
                    small.Enqueue($"{what}, {size}: {element}");
                }
            });
        }

        Assert.Empty(small);
    }

    [SkippableFact]
    public async Task A_hub_that_nobody_has_claimed_shows_the_way()
    {
        await using PagesBench fresh = await PagesBench.OpenNewAsync(time: TimeProvider.System);
        await using IBrowserContext context = await OpenAsync(new() { ViewportSize = new() { Width = 390, Height = 844 } });
        IPage page = await context.NewPageAsync();
        await page.GotoAsync($"https://localhost:{fresh.Server.Port.ToString(CultureInfo.InvariantCulture)}/");
        Assert.Empty((await page.RunAxe()).Violations.Select(violation => violation.Id));
        await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures(), "claim-phone.png"), FullPage = true });
        await page.FillAsync("#code", "AAAA-AAAA-AAAA");
        await page.FillAsync("#pin", PagesBench.NursePin);
        await page.FillAsync("#again", PagesBench.NursePin);
        await page.ClickAsync("main button");
        Assert.Equal("true", await page.GetAttributeAsync("#code", "aria-invalid"));
        Assert.Empty((await page.RunAxe()).Violations.Select(violation => violation.Id));
        await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures(), "claim-wrong-phone.png"), FullPage = true });
        await page.FillAsync("#code", (await fresh.Household.GetClaimCodeAsync(default))!);
        await page.FillAsync("#pin", PagesBench.NursePin);
        await page.FillAsync("#again", PagesBench.NursePin);
        await page.ClickAsync("main button");
        await page.ArriveAsync("**/setup");
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
    public async Task The_month_to_print_comes_by_a_button_and_axe_finds_nothing_on_it()
    {
        await using IBrowserContext context = await OpenAsync(new() { ViewportSize = new() { Width = 390, Height = 844 } });
        IPage page = await context.NewPageAsync();
        await SignInAsync(page, 1, PagesBench.PersonPin);
        await page.GotoAsync(Root + "/people/1/data");
        await page.ClickAsync("section[aria-labelledby=take] button >> nth=0");
        await page.GetByText("From ").First.WaitForAsync();
        Assert.Empty((await page.RunAxe()).Violations.Select(violation => violation.Id));
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures(), "summary-printed.png"), FullPage = true });
        Assert.False(await page.IsVisibleAsync("header .ways"));
    }

    private static string Pictures([CallerFilePath] string here = "") =>
        Directory.CreateDirectory(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../artifacts/pages"))).FullName;

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
    private async Task WalkAsync(BrowserNewContextOptions options, Func<IPage, string, Task> look)
    {
        ConcurrentQueue<string> complaints = new();
        var visits = BrowserPages.All.Select((page, i) => (Page: page, Visit: i % AtATime)).GroupBy(one => (one.Page.Account, one.Visit), one => one.Page);
        await Parallel.ForEachAsync(visits, new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (pages, cancellation) =>
        {
            await using IBrowserContext context = await OpenAsync(new BrowserNewContextOptions(options));
            IPage page = await context.NewPageAsync();
            page.Console += (_, message) =>
            {
                if (message.Type == "error" && !message.Text.Contains("status of 40", StringComparison.Ordinal))
                {
                    complaints.Enqueue(message.Text);
                }
            };
            if (pages.Key.Account != BrowserPages.Nobody)
            {
                await SignInAsync(page, pages.Key.Account, pages.Key.Account == 0 ? PagesBench.NursePin : PagesBench.PersonPin);
            }

            foreach ((string name, string path, _) in pages)
            {
                await page.GotoAsync(Root + path);
                await look(page, name);
            }
        });
        Assert.Empty(complaints);
    }
}
