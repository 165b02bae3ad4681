using System.Diagnostics.CodeAnalysis;

namespace HomeHub.Mosquitto;

/// <summary>Where a broker is: <c>mqtt://host[:1883]</c>, or <c>mqtts://host[:8883]</c> for TLS.</summary>
/// <param name="Host">Name or IP address, without brackets.</param>
/// <param name="Port">TCP port, 1 to 65535.</param>
/// <param name="Tls">Whether the connection is by TLS.</param>
public sealed record MosquittoAddress(string Host, int Port, bool Tls)
{
    /// <summary>IANA's port for MQTT.</summary>
    public const int DefaultPort = 1883;

    /// <summary>IANA's port for MQTT by TLS.</summary>
    public const int DefaultTlsPort = 8883;

    /// <summary>Reads a broker URL.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="address">The address, when it is one.</param>
    /// <param name="error">What is wrong with it otherwise; never repeats the URL, which may hold a password.</param>
    /// <returns>Whether it is a broker URL.</returns>
    public static bool TryParse(string? url, [NotNullWhen(true)] out MosquittoAddress? address, [NotNullWhen(false)] out string? error)
    {
        address = null;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("mqtt" or "mqtts"))
        {
            error = "A broker is mqtt://host[:port] or mqtts://host[:port].";
            return false;
        }

        error = uri.UserInfo.Length > 0 ? "Credentials don't belong in a broker's URL: whoever may list processes can read them. Configure them apart."
            : uri.Host.Length == 0 ? "The broker's URL has no host."
            : uri.AbsolutePath is not ("" or "/") || uri.Query.Length > 0 || uri.Fragment.Length > 0 ? "A broker's URL ends after the port."
            : uri.Port == 0 ? "Port 0 is no TCP port."
            : null;
        if (error is not null)
        {
            return false;
        }

        var tls = uri.Scheme == "mqtts";
        address = new MosquittoAddress(uri.DnsSafeHost, uri.Port > 0 ? uri.Port : tls ? DefaultTlsPort : DefaultPort, tls);
        return true;
    }

    /// <summary>The address as a URL.</summary>
    /// <returns>Scheme, host and port.</returns>
    public override string ToString() => $"{(Tls ? "mqtts" : "mqtt")}://{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}";
}
