using System.Net;
using System.Net.Sockets;

namespace HomeHub.Web.Safety;

/// <summary>The address that somebody is counted by: a machine has one IPv4 address, but of IPv6 a whole network of 64 bits.</summary>
internal static class RemoteAddress
{
    private const int NetworkOctets = 8;

    public static string KeyOf(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6 && !IPAddress.IsLoopback(address)
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, NetworkOctets)) + "/64"
            : address.ToString();
    }
}
