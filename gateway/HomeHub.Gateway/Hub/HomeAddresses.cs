using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using HomeHub.Core.Network;

namespace HomeHub.Gateway.Hub;

/// <summary>The addresses under which the pages can be reached from the home network.</summary>
internal static class HomeAddresses
{
    /// <summary>Whether pages that listen there can be reached from the home network at all.</summary>
    public static bool AreReachable(IPAddress listen) => !IPAddress.IsLoopback(listen);

    /// <summary>Reads them: those of the interfaces that are up, or the one that the pages listen at. IPv6 only where the pages listen at it.</summary>
    public static IReadOnlyList<HomeAddress> Read(IPAddress listen)
    {
        try
        {
            return
            [
                .. NetworkInterface.GetAllNetworkInterfaces()
                    .Where(one => one.OperationalStatus == OperationalStatus.Up && one.NetworkInterfaceType != NetworkInterfaceType.Loopback)
                    .SelectMany(one => one.GetIPProperties().UnicastAddresses.Select(address => (Index: IndexOf(one), address.Address)))
                    .Where(found => found.Index > 0 && IsServed(found.Address, listen))
                    .Select(found => new HomeAddress(found.Index, found.Address))
                    .OrderBy(found => found.Interface).ThenBy(found => found.Address.ToString(), StringComparer.Ordinal),
            ];
        }
        catch (NetworkInformationException)
        {
            // Not every container lets interfaces be listed; there is nothing to tell then.
            return [];
        }
    }

    internal static bool IsServed(IPAddress address, IPAddress listen) =>
        address.Equals(listen)
        || (listen.Equals(IPAddress.Any) && address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address))
        || (listen.Equals(IPAddress.IPv6Any) && !address.IsIPv6LinkLocal && !IPAddress.IsLoopback(address));

    private static int IndexOf(NetworkInterface one)
    {
        try
        {
            return one.Supports(NetworkInterfaceComponent.IPv4) ? one.GetIPProperties().GetIPv4Properties().Index : one.GetIPProperties().GetIPv6Properties().Index;
        }
        catch (NetworkInformationException)
        {
            // It went while it was looked at.
            return 0;
        }
    }
}
