using HomeHub.Web.Endpoints;
using HomeHub.Web.Safety;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace HomeHub.Web.Moving;

/// <summary>A form with a file, read as it comes: the fields stand before the file, and nothing of the file is kept on the way.</summary>
internal sealed class FileForm
{
    private const int MaxFields = 8, MaxFieldBytes = 4096;

    private readonly Dictionary<string, string> _fields = [];

    private FileForm()
    {
    }

    /// <summary>The file's bytes.</summary>
    public Stream File { get; private set; } = Stream.Null;

    /// <summary>A field before the file; empty when it is not there.</summary>
    public string Field(string name) => _fields.GetValueOrDefault(name, "");

    /// <summary>Reads up to the file; null when it is no such form, or not one of the hub's own.</summary>
    public static async Task<FileForm?> OpenAsync(PageContext page)
    {
        if (!MediaTypeHeaderValue.TryParse(page.Http.Request.ContentType, out MediaTypeHeaderValue? type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and < 100 } boundary)
        {
            return null;
        }

        page.Http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = PageLimits.MaxArchiveBytes;
        var reader = new MultipartReader(boundary.ToString(), page.Http.Request.Body);
        var form = new FileForm();
        try
        {
            return await form.ReadToFileAsync(reader, page.Cancellation).ConfigureAwait(false) && await IsOwnAsync(page, form).ConfigureAwait(false) ? form : null;
        }
        catch (Exception error) when (error is InvalidDataException or IOException && !page.Cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Reads what is left: browsers show an answer only when they could send all.</summary>
    public Task DrainAsync(CancellationToken cancellation) => File.CopyToAsync(Stream.Null, cancellation);

    private async Task<bool> ReadToFileAsync(MultipartReader reader, CancellationToken cancellation)
    {
        for (int i = 0; i <= MaxFields; i++)
        {
            if (await reader.ReadNextSectionAsync(cancellation).ConfigureAwait(false) is not { } section
                || !ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out ContentDispositionHeaderValue? about))
            {
                return false;
            }

            if (about.IsFileDisposition())
            {
                File = section.Body;
                return true;
            }

            using var text = new StreamReader(section.Body);
            var value = new char[MaxFieldBytes];
            int length = await text.ReadBlockAsync(value, cancellation).ConfigureAwait(false);
            if (length == value.Length)
            {
                return false;
            }

            _fields[HeaderUtilities.RemoveQuotes(about.Name).ToString()] = new string(value, 0, length);
        }

        return false;
    }

    /// <summary>The token goes where it is looked for before the form is, which can't be read again.</summary>
    private static async Task<bool> IsOwnAsync(PageContext page, FileForm form)
    {
        page.Http.Request.Headers["RequestVerificationToken"] = form.Field("__RequestVerificationToken");
        return await page.Services.Antiforgery.IsRequestValidAsync(page.Http).ConfigureAwait(false);
    }
}
