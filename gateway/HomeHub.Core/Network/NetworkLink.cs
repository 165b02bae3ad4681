using System.Net;

namespace HomeHub.Core.Network;

/// <summary>An interface of the hub that is up and has an address.</summary>
/// <param name="Name">Its name in the system: <c>eth0</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Addresses">Its addresses that hold beyond the link, IPv4 first; at least one.</param>
public sealed record NetworkLink(string Name, LinkKind Kind, IReadOnlyList<IPAddress> Addresses);
