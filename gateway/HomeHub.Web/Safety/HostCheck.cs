using System.Net;
using HomeHub.Core.Identity;
using HomeHub.Web.Tls;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Safety;

/// <summary>
/// Under which names the pages may be asked for. A page of the internet whose name was made to lead to the hub's address (DNS rebinding) says its own name, and
/// gets nothing.
/// </summary>
internal sealed class HostCheck
{
    private readonly HashSet<string> _names;
    private readonly string _name;

    public HostCheck(HubIdentity hub, IReadOnlyList<string> more)
    {
        _name = HubName.Of(hub);
        _names = new HashSet<string>([HubName.LocalOf(hub), _name, "localhost", .. more], StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>True for a name of the hub, and for the address that the request came in at.</summary>
    /// <param name="host">The Host header.</param>
    /// <param name="local">The hub's end of the connection.</param>
    public bool Allows(HostString host, IPAddress? local)
    {
        if (!host.HasValue)
        {
            return false;
        }

        string name = host.Host.TrimEnd('.');
        return _names.Contains(name) || IsNumbered(name)
            || (IPAddress.TryParse(name.Trim('[', ']'), out IPAddress? address) && local is not null && Plain(address).Equals(Plain(local)));
    }

    /// <summary>The name with a number, which the hub has where another machine of the home network has its name: <c>homehub-1a2b-2.local</c>.</summary>
    private bool IsNumbered(string name)
    {
        const string Local = ".local";
        return name.Length > _name.Length + 1 + Local.Length && name.StartsWith(_name + "-", StringComparison.OrdinalIgnoreCase) && name.EndsWith(Local, StringComparison.OrdinalIgnoreCase)
            && name[(_name.Length + 1)..^Local.Length] is { Length: <= 2 } number && number.All(char.IsAsciiDigit);
    }

    private static IPAddress Plain(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes());
}
