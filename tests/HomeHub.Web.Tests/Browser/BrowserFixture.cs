using Microsoft.Playwright;

namespace HomeHub.Web.Tests.Browser;

/// <summary>Debian's Chromium, started once. Where it is missing the tests are skipped.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (File.Exists(Chromium))
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-gpu"] });
        }
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>The browser; skips the test where there is none.</summary>
    public IBrowser Require()
    {
        Skip.If(_browser is null, "Chromium is not installed; tests/run installs it with apt.");
        return _browser!;
    }
}
