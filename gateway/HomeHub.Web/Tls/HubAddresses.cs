using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace HomeHub.Web.Tls;

/// <summary>The addresses under which this machine can be reached.</summary>
public static class HubAddresses
{
    /// <summary>Most addresses that are named in a certificate.</summary>
    public const int MaxAddresses = 16;

    /// <summary>
    /// Loopback, then what the interfaces have that are up: IPv4, and the home's own of IPv6 (unique local, RFC 4193). Global ones of IPv6 change from day to day, and each
    /// change would make a certificate that browsers have to be told of anew; by them the pages are reached all the same. Always in the same order.
    /// </summary>
    public static IReadOnlyList<IPAddress> Read()
    {
        IEnumerable<IPAddress> found;
        try
        {
            found = NetworkInterface.GetAllNetworkInterfaces()
                .Where(network => network.OperationalStatus == OperationalStatus.Up)
                .SelectMany(network => network.GetIPProperties().UnicastAddresses)
                .Select(address => address.Address);
        }
        catch (NetworkInformationException)
        {
            // Not every container lets interfaces be listed; the pages can be had by name and by loopback all the same.
            found = [];
        }

        return Choose(found);
    }

    /// <summary>What is named, of what interfaces have: in whatever order they tell it, and whatever comes and goes of global IPv6, it is the same. Pure.</summary>
    internal static IReadOnlyList<IPAddress> Choose(IEnumerable<IPAddress> found) =>
    [
        .. new[] { IPAddress.Loopback, IPAddress.IPv6Loopback }
            .Concat(found
                .Where(address => !IPAddress.IsLoopback(address) && (address.AddressFamily == AddressFamily.InterNetwork || address.IsIPv6UniqueLocal))
                .Distinct().OrderBy(address => address.AddressFamily != AddressFamily.InterNetwork).ThenBy(address => address.ToString(), StringComparer.Ordinal))
            .Take(MaxAddresses),
    ];
}
