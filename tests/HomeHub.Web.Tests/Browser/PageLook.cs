using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace HomeHub.Web.Tests.Browser;

/// <summary>
/// How a page is looked at. axe is put into a page once and run there as often as the look changes, and only what it found comes back: its whole answers are megabytes.
/// </summary>
internal static class PageLook
{
    private const string LargeText = "document.documentElement.style.fontSize = '237.5%'";

    private const string Widest =
        "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > window.innerWidth + 1).slice(-2).map(e => e.outerHTML.slice(0, 160)).join(' ')";

    /// <summary>All rules that are on by themselves, and that of WCAG 2.2 for the size of targets, which is not.</summary>
    private const string RunAll = "() => run({ rules: { 'target-size': { enabled: true } } })", RunColours = "() => run({ runOnly: ['color-contrast'], preload: false })";

    private const string Run = """
        window.run = async options => (await axe.run(document, { ...options, resultTypes: ['violations'] }))
          .violations.map(found => `${found.id}: ${found.nodes.slice(0, 3).map(node => node.html).join(' ')}`);
        """;

    private const string TooSmall = """
        [...document.querySelectorAll('a, button, select, summary, label:has(input[type=radio], input[type=checkbox]), input:not([type=radio]):not([type=checkbox]):not([type=hidden])')]
          .filter(e => !e.classList.contains('skip-link')).filter(e => { const r = e.getBoundingClientRect(); return r.height < 44 || r.width < 44; }).map(e => e.outerHTML)
        """;

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private static readonly PageEmulateMediaOptions Light = new() { ColorScheme = ColorScheme.Light, Contrast = Contrast.NoPreference, ForcedColors = ForcedColors.None };

    private static readonly PageEmulateMediaOptions Dark = new() { ColorScheme = ColorScheme.Dark, Contrast = Contrast.NoPreference, ForcedColors = ForcedColors.None };

    /// <summary>What else than light and dark changes the colours, and nothing but the colours.</summary>
    private static readonly (string Name, PageEmulateMediaOptions Options)[] Colours =
    [
        ("light", Light),
        ("high contrast", new() { ColorScheme = ColorScheme.Light, Contrast = Contrast.More, ForcedColors = ForcedColors.None }),
        ("high contrast, dark", new() { ColorScheme = ColorScheme.Dark, Contrast = Contrast.More, ForcedColors = ForcedColors.None }),
        ("forced colours", new() { ColorScheme = ColorScheme.Light, Contrast = Contrast.NoPreference, ForcedColors = ForcedColors.Active }),
    ];

    /// <summary>Where pictures are kept.</summary>
    public static string Pictures([CallerFilePath] string here = "") =>
        Directory.CreateDirectory(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../artifacts/pages"))).FullName;

    /// <summary>What axe finds on the page as it is.</summary>
    public static async Task<IReadOnlyList<string>> AxeAsync(IPage page)
    {
        await LoadAsync(page);
        return await page.EvaluateAsync<string[]>(RunAll);
    }

    /// <summary>axe in every look: all its rules on a narrow screen with text at 200 %, where most goes wrong; what is told by colours in every other.</summary>
    public static async Task InEveryLookAsync(IPage page, string what, ConcurrentQueue<string> found)
    {
        await LoadAsync(page);
        await page.SetViewportSizeAsync(820, 1180);
        foreach ((string look, PageEmulateMediaOptions options) in Colours)
        {
            await page.EmulateMediaAsync(options);
            Note(look, await page.EvaluateAsync<string[]>(RunColours));
        }

        await page.EmulateMediaAsync(Dark);
        await page.SetViewportSizeAsync(320, 640);
        await page.EvaluateAsync(LargeText);
        Note("dark, text at 200 %", await page.EvaluateAsync<string[]>(RunAll));
        if (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > window.innerWidth"))
        {
            found.Enqueue($"{what}: wider than the screen: {await page.EvaluateAsync<string>(Widest)}");
        }

        void Note(string look, string[] violations)
        {
            foreach (string violation in violations)
            {
                found.Enqueue($"{what}, {look}: {violation}");
            }
        }
    }

    /// <summary>Its pictures, as a phone and as a tablet shows it; there, what can be touched is 44 pixels high and wide.</summary>
    public static async Task PicturesAsync(IPage page, string what, ConcurrentQueue<string> found)
    {
        await page.EmulateMediaAsync(Light);
        foreach ((string size, int width, int height) in new[] { ("phone", 390, 844), ("tablet", 820, 1180) })
        {
            await page.SetViewportSizeAsync(width, height);
            await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures(), $"{what}-{size}.png"), FullPage = true });
            foreach (string element in await page.EvaluateAsync<string[]>(TooSmall))
            {
                found.Enqueue($"{what}, {size}: too small to touch: {element}");
            }
        }
    }

    private static async Task LoadAsync(IPage page)
    {
        await page.EvaluateAsync(Axe);
        await page.EvaluateAsync(Run);
    }
}
