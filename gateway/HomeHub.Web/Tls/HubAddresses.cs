using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace HomeHub.Web.Tls;

/// <summary>The addresses under which this machine can be reached.</summary>
public static class HubAddresses
{
    /// <summary>Most addresses that are named in a certificate.</summary>
    public const int MaxAddresses = 16;

    /// <summary>Loopback, then what the interfaces have that are up, without IPv6 addresses that hold on one link only. Always in the same order.</summary>
    public static IReadOnlyList<IPAddress> Read()
    {
        IEnumerable<IPAddress> found;
        try
        {
            found = NetworkInterface.GetAllNetworkInterfaces()
                .Where(network => network.OperationalStatus == OperationalStatus.Up)
                .SelectMany(network => network.GetIPProperties().UnicastAddresses)
                .Select(address => address.Address)
                .Where(address => !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal);
        }
        catch (NetworkInformationException)
        {
            // Not every container lets interfaces be listed; the pages can be had by name and by loopback all the same.
            found = [];
        }

        return [.. new[] { IPAddress.Loopback, IPAddress.IPv6Loopback }
            .Concat(found.Distinct().OrderBy(address => address.AddressFamily != AddressFamily.InterNetwork).ThenBy(address => address.ToString(), StringComparer.Ordinal))
            .Take(MaxAddresses)];
    }
}
