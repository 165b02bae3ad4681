using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace HomeHub.CloudRelay.Api;

/// <summary>Where the API listens.</summary>
/// <param name="Address">IP address; null for every address of the machine.</param>
/// <param name="Port">TCP port; 0 lets the system choose, on loopback only.</param>
/// <param name="Tls">Whether the URL says https.</param>
internal sealed record ListenAddress(IPAddress? Address, int Port, bool Tls)
{
    /// <summary>Whether only programs on this machine can connect.</summary>
    public bool IsLoopback => Address is not null && IPAddress.IsLoopback(Address);

    /// <summary>Reads <c>http://127.0.0.1:8090</c>; the host is an IP address, <c>localhost</c>, or <c>*</c> for every address.</summary>
    public static bool TryParse(string? url, [NotNullWhen(true)] out ListenAddress? listen)
    {
        listen = null;
        var every = url is not null && url.Contains("://*", StringComparison.Ordinal);
        if (!Uri.TryCreate(every ? url!.Replace("://*", "://0.0.0.0", StringComparison.Ordinal) : url, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https") || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0)
        {
            return false;
        }

        IPAddress? address = null;
        if (!every && !(uri.Host == "localhost" ? Assign(IPAddress.Loopback, out address) : IPAddress.TryParse(uri.DnsSafeHost, out address)))
        {
            return false;
        }

        listen = new ListenAddress(address, uri.Port, uri.Scheme == "https");
        return true;
    }

    private static bool Assign(IPAddress value, out IPAddress? address)
    {
        address = value;
        return true;
    }
}
