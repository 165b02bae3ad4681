using System.Net.Mime;
using HomeHub.Core.Audit;
using HomeHub.Web.Endpoints;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Support;

/// <summary>The support bundle, for the nurse to send to whoever helps from afar.</summary>
internal static class SupportPages
{
    public const string Path = "/support", BundlePath = Path + "/bundle";

    /// <summary>Name of the file as the browser keeps it.</summary>
    public const string FileName = "homehub-support.zip";

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(Path, Access.Nurse, page => page.ShowAsync<SupportPage>()),
        PageEndpoint.Post(BundlePath, Access.Nurse, SendAsync),
    ];

    private static async Task SendAsync(PageContext page)
    {
        // Small, and whole before the answer begins: what fails on the way is told on a page.
        using var archive = new MemoryStream();
        await page.Parts.WriteSupportBundle(archive, page.Cancellation).ConfigureAwait(false);
        await page.Parts.Audit.AddAsync(new AuditNote(page.Now, AuditActs.SupportBundleMade, page.Who, null, null), page.Cancellation).ConfigureAwait(false);
        HttpResponse response = page.Http.Response;
        response.ContentType = MediaTypeNames.Application.Zip;
        response.ContentLength = archive.Length;
        response.Headers.ContentDisposition = $"attachment; filename=\"{FileName}\"";
        archive.Position = 0;
        await archive.CopyToAsync(response.Body, page.Cancellation).ConfigureAwait(false);
    }
}
