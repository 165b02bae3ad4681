using System.Reflection;
using System.Security.Cryptography;
using HomeHub.Web.Endpoints;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Look;

/// <summary>
/// The few files that pages refer to, from within the program. Their addresses name their content, so that a browser keeps them until a new version of the hub
/// has others.
/// </summary>
internal static class LookFiles
{
    private static readonly Dictionary<string, (byte[] Content, string Version)> Files = new[] { "homehub.css", "live.js", "icon.svg" }.ToDictionary(name => name, Read);

    public static PageEndpoint[] Endpoints { get; } =
    [
        File("homehub.css", "text/css; charset=utf-8"),
        File("live.js", "text/javascript; charset=utf-8"),
        File("icon.svg", "image/svg+xml"),
    ];

    /// <summary>Address of a file.</summary>
    public static string AddressOf(string name) => $"/look/{name}?v={Files[name].Version}";

    private static PageEndpoint File(string name, string contentType) => PageEndpoint.Get($"/look/{name}", Access.Anyone, async page =>
    {
        HttpResponse response = page.Http.Response;
        response.ContentType = contentType;
        response.ContentLength = Files[name].Content.Length;
        response.Headers.CacheControl = page.Http.Request.Query["v"] == Files[name].Version ? "public, max-age=31536000, immutable" : "no-cache";
        await response.Body.WriteAsync(Files[name].Content, page.Cancellation).ConfigureAwait(false);
    }) with { IsForMoved = true };

    private static (byte[] Content, string Version) Read(string name)
    {
        using Stream file = Assembly.GetExecutingAssembly().GetManifestResourceStream($"look/{name}")!;
        byte[] content = new byte[file.Length];
        file.ReadExactly(content);
        return (content, Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 6)));
    }
}
