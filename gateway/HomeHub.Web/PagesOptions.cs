using System.Net;
using HomeHub.Web.Safety;

namespace HomeHub.Web;

/// <summary>How the pages are served (docs/configuration.md, <c>pages.*</c>).</summary>
/// <param name="Folder">Data folder: key, certificate, keys of the cookies.</param>
/// <param name="Listen">Address and port of the pages, TLS only; port 0 takes a free one.</param>
public sealed record PagesOptions(string Folder, IPEndPoint Listen)
{
    /// <summary>Port, on the same address, whose plain HTTP leads to the pages and nowhere else; null: none.</summary>
    public int? RedirectFrom { get; init; }

    /// <summary>Further host names under which the pages may be asked for, beside the hub's own name and addresses.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Whether the page that shows all components is there; for those who build pages.</summary>
    public bool IsDevelopment { get; init; }

    /// <summary>How much one address may ask for.</summary>
    public PageLimits Limits { get; init; } = new();
}
