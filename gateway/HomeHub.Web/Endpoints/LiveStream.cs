using System.Text;
using HomeHub.Web.SignIn;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Endpoints;

/// <summary>
/// Server-sent events for a live part: its HTML as event <c>part</c> whenever it has changed, <c>end</c> when whoever looks is signed out. Looking on is no work:
/// it does not keep anybody signed in.
/// </summary>
public static class LiveStream
{
    /// <summary>How often it is looked whether something has changed.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    /// <summary>How often it is looked where somebody stands beside a device and waits.</summary>
    public static readonly TimeSpan QuickInterval = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan SignInterval = 3 * LookInterval;

    /// <summary>Answers with the stream, until somebody goes.</summary>
    /// <param name="page">The request.</param>
    /// <param name="render">Renders the part as it is now.</param>
    /// <param name="every">How often it is looked; null: <see cref="LookInterval"/>.</param>
    public static async Task RunAsync(PageContext page, Func<Task<string>> render, TimeSpan? every = null)
    {
        HttpResponse response = page.Http.Response;
        response.ContentType = "text/event-stream";
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(page.Cancellation, page.Services.Stopping);
        using var timer = new PeriodicTimer(every ?? LookInterval, page.Parts.Time);
        string? shown = null;
        long written = page.Parts.Time.GetTimestamp();
        do
        {
            DateTimeOffset now = page.Parts.Time.GetUtcNow();
            if (page.Session is not { } session || now >= session.ExpiresAt
                || !await SessionCookie.HoldsAsync(session, page.Household, now, ending.Token).ConfigureAwait(false))
            {
                await WriteAsync(response, "event: end\ndata:\n\n", ending.Token).ConfigureAwait(false);
                return;
            }

            string html = await render().ConfigureAwait(false);
            if (html != shown)
            {
                (shown, written) = (html, page.Parts.Time.GetTimestamp());
                await WriteAsync(response, EventOf(html), ending.Token).ConfigureAwait(false);
            }
            else if (page.Parts.Time.GetElapsedTime(written) >= SignInterval)
            {
                written = page.Parts.Time.GetTimestamp();
                // A line that means nothing: whoever has gone is noticed by it.
                await WriteAsync(response, ":\n\n", ending.Token).ConfigureAwait(false);
            }
        }
        while (await timer.WaitForNextTickAsync(ending.Token).ConfigureAwait(false));
    }

    /// <summary>What is sent for a part.</summary>
    public static string EventOf(string html) =>
        "event: part\n" + string.Concat(html.ReplaceLineEndings("\n").Split('\n').Select(line => $"data: {line}\n")) + "\n";

    private static async Task WriteAsync(HttpResponse response, string text, CancellationToken cancellation)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation).ConfigureAwait(false);
        await response.Body.FlushAsync(cancellation).ConfigureAwait(false);
    }
}
