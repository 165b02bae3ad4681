using System.Text;
using HomeHub.Web.Endpoints;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Moving;

/// <summary>The part of a page that waits until the hub has started anew. It needs nobody to be signed in: who was may be signed in no more.</summary>
internal static class RestartPages
{
    /// <summary>Paths of the part: after packing, and else.</summary>
    public const string PackedLivePath = MovePages.MovedPath + "/live", LivePath = "/restart/live";

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(PackedLivePath, Access.Anyone, page => ShowAsync(page, isPacked: true)) with { IsForMoved = true },
        PageEndpoint.Get(LivePath, Access.Anyone, page => ShowAsync(page, isPacked: false)) with { IsForMoved = true },
    ];

    /// <summary>Has the hub start anew once the answer is with the one who asked.</summary>
    public static void StartAnewAfter(PageContext page) => page.Http.Response.OnCompleted(() =>
    {
        page.Parts.Move.StartAnew();
        return Task.CompletedTask;
    });

    /// <summary>Says how it is, once: when that changes it is another process, or round, that is asked.</summary>
    private static async Task ShowAsync(PageContext page, bool isPacked)
    {
        string html = await page.RenderAsync<RestartPart>((nameof(RestartPart.IsPacked), isPacked)).ConfigureAwait(false);
        HttpResponse response = page.Http.Response;
        response.ContentType = "text/event-stream";
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(LiveStream.EventOf(html)), page.Cancellation).ConfigureAwait(false);
        await response.Body.FlushAsync(page.Cancellation).ConfigureAwait(false);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(page.Cancellation, page.Services.Stopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, ending.Token).ConfigureAwait(false);
    }
}
