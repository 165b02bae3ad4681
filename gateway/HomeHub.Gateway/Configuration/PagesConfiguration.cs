using System.Net;

namespace HomeHub.Gateway.Configuration;

/// <summary>The pages on the home network.</summary>
internal sealed record PagesConfiguration
{
    /// <summary>What <see cref="Url"/> has to be.</summary>
    public const string UrlForm = "https:// with an address of this machine, or 0.0.0.0 for all, and a port: https://0.0.0.0:8443";

    /// <summary>Port of the pages, where nothing says another.</summary>
    public const int DefaultPort = 8443;

    /// <summary>Port that leads to the pages, unless the configuration says another.</summary>
    public const int DefaultRedirectFrom = 8080;

    /// <summary>Where the pages are served: <c>https://0.0.0.0:8443</c>; null: there are none.</summary>
    public string? Url { get; init; }

    /// <summary>Port whose plain HTTP leads to the pages; 0: none.</summary>
    public int RedirectFrom { get; init; } = DefaultRedirectFrom;

    /// <summary>Further host names under which the pages may be asked for.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Whether the hub opens a network of its own at the first visit, where nothing else reaches it.</summary>
    public bool HasOwnNetwork { get; init; } = true;

    /// <summary>Longest <see cref="EmergencyNumber"/>, in characters.</summary>
    private const int MaxNumberChars = 20;

    /// <summary>Number to call in an emergency, as the pages name it; null: that of the page's language.</summary>
    public string? EmergencyNumber { get; init; }

    /// <summary>Whether a text is a number to call: digits with spaces between them, perhaps a plus before.</summary>
    public static bool IsNumber(string text) => text.Length <= MaxNumberChars && text.TrimStart('+') is { Length: > 0 } digits && char.IsAsciiDigit(digits[0]) && char.IsAsciiDigit(digits[^1])
        && digits.All(letter => char.IsAsciiDigit(letter) || letter == ' ');

    /// <summary>Reads <see cref="Url"/>; null when it is not of <see cref="UrlForm"/>.</summary>
    public static IPEndPoint? ReadUrl(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttps && uri is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
            ? uri.Host == "localhost" ? new IPEndPoint(IPAddress.Loopback, uri.Port)
                : IPAddress.TryParse(uri.Host.Trim('[', ']'), out IPAddress? address) ? new IPEndPoint(address, uri.Port) : null
            : null;
}
