using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using HomeHub.Core.Network;

namespace HomeHub.Gateway.Hub;

/// <summary>The interfaces of this machine that are up and have an address beyond their link.</summary>
internal static class SystemLinks
{
    private const string Interfaces = "/sys/class/net";

    /// <summary>Reads them, by name; none where the system does not let them be listed.</summary>
    public static IReadOnlyList<NetworkLink> Read()
    {
        try
        {
            return
            [
                .. NetworkInterface.GetAllNetworkInterfaces()
                    .Where(one => one.OperationalStatus == OperationalStatus.Up && one.NetworkInterfaceType != NetworkInterfaceType.Loopback)
                    .Select(one => new NetworkLink(one.Name, KindOf(one.Name, Interfaces), AddressesOf(one)))
                    .Where(link => link.Addresses.Count > 0)
                    .OrderBy(link => link.Name, StringComparer.Ordinal),
            ];
        }
        catch (NetworkInformationException)
        {
            // Not every container lets interfaces be listed; told as none.
            return [];
        }
    }

    /// <summary>What an interface is, by what the kernel tells of it; what has no device behind it is no way out of the house by itself.</summary>
    internal static LinkKind KindOf(string name, string interfaces) =>
        name.StartsWith("wwan", StringComparison.Ordinal) || name.StartsWith("ppp", StringComparison.Ordinal) ? LinkKind.Mobile
        : Directory.Exists(Path.Combine(interfaces, name, "wireless")) || Directory.Exists(Path.Combine(interfaces, name, "phy80211")) ? LinkKind.Wireless
        : Directory.Exists(Path.Combine(interfaces, name, "device")) ? LinkKind.Cable
        : LinkKind.Other;

    private static IReadOnlyList<IPAddress> AddressesOf(NetworkInterface one) =>
    [
        .. one.GetIPProperties().UnicastAddresses.Select(address => address.Address)
            .Where(address => !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal)
            .OrderBy(address => address.AddressFamily != AddressFamily.InterNetwork).ThenBy(address => address.ToString(), StringComparer.Ordinal),
    ];
}
