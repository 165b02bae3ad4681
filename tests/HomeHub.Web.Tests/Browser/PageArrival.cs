using Microsoft.Playwright;

namespace HomeHub.Web.Tests.Browser;

/// <summary>
/// Waiting for the page that a click leads to. Playwright for .NET may lose the navigation that it waits for, as it looks at the address first and listens afterwards
/// while another thread delivers (microsoft/playwright-dotnet, 3364); whoever asks again sees the address.
/// </summary>
internal static class PageArrival
{
    private const int Tries = 10;
    private const float MillisecondsATry = 3000;

    /// <summary>Waits until the page with an address of this pattern is loaded.</summary>
    /// <exception cref="TimeoutException">It didn't come within half a minute.</exception>
    public static Task ArriveAsync(this IPage page, string pattern) => ArriveAsync(() => page.WaitForURLAsync(pattern, new() { Timeout = MillisecondsATry }));

    /// <summary>Waits until a page whose address fits is loaded.</summary>
    /// <exception cref="TimeoutException">It didn't come within half a minute.</exception>
    public static Task ArriveAsync(this IPage page, Func<string, bool> fits) => ArriveAsync(() => page.WaitForURLAsync(fits, new() { Timeout = MillisecondsATry }));

    private static async Task ArriveAsync(Func<Task> waitAsync)
    {
        for (int tried = 1; ; tried++)
        {
            try
            {
                await waitAsync();
                return;
            }
            catch (TimeoutException) when (tried < Tries)
            {
                // Asked again: it may be there already.
            }
        }
    }
}
