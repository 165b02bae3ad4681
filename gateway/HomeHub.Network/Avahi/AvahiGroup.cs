using System.Net.Sockets;
using HomeHub.Core.Network;
using HomeHub.DBus;

namespace HomeHub.Network.Avahi;

/// <summary>One entry group at Avahi: the name with its addresses, and the pages as a service.</summary>
/// <param name="connection">The bus.</param>
/// <param name="owner">Unique name of the Avahi that has the group.</param>
/// <param name="path">Its object.</param>
/// <param name="limit">How long an answer is waited for.</param>
internal sealed class AvahiGroup(DBusConnection connection, string owner, string path, TimeSpan limit)
{
    /// <summary>How long the taking back is waited for: the end of the hub waits with it, and Avahi takes back by itself what a connection has told that ends.</summary>
    private static readonly TimeSpan FreeLimit = TimeSpan.FromSeconds(2);

    public string Owner => owner;

    public string Path => path;

    /// <summary>Makes an empty group.</summary>
    public static async Task<AvahiGroup> NewAsync(DBusConnection connection, string owner, TimeSpan limit, CancellationToken cancellation)
    {
        object[] answer = await connection.CallAsync(owner, AvahiNames.ServerPath, AvahiNames.Server, "EntryGroupNew", limit, cancellation).ConfigureAwait(false);
        return answer is [DBusPath path]
            ? new AvahiGroup(connection, owner, path.Value, limit)
            : throw new DBusException(DBusErrors.InconsistentMessage, "Avahi gave no entry group.");
    }

    /// <summary>Adds all and has it told; what comes of it the group's signals say.</summary>
    /// <param name="host">Name with <c>.local</c>.</param>
    /// <param name="service">Name of the service.</param>
    /// <param name="port">Its port.</param>
    /// <param name="addresses">Addresses of the name; none where the machine tells that name by itself.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="DBusException">Avahi refuses; <see cref="AvahiNames.LocalCollision"/> where this machine tells the name already.</exception>
    public async Task TellAsync(string host, string service, ushort port, IReadOnlyList<HomeAddress> addresses, CancellationToken cancellation)
    {
        foreach (HomeAddress address in addresses)
        {
            int protocol = address.Address.AddressFamily == AddressFamily.InterNetworkV6 ? AvahiNames.Ipv6 : AvahiNames.Ipv4;
            await CallAsync("AddAddress", "iiuss", [address.Interface, protocol, AvahiNames.NoReverse, host, address.Address.ToString()], cancellation).ConfigureAwait(false);
        }

        await CallAsync(
            "AddService", "iiussssqaay", [AvahiNames.Any, AvahiNames.Any, 0u, service, "_https._tcp", "", host, port, Array.Empty<object>()], cancellation).ConfigureAwait(false);
        await CallAsync("Commit", "", [], cancellation).ConfigureAwait(false);
    }

    /// <summary>Takes back what is told. That Avahi is not there any more is no error: it took it along.</summary>
    public async Task FreeAsync(CancellationToken cancellation)
    {
        try
        {
            await connection.CallAsync(owner, path, AvahiNames.EntryGroup, "Free", FreeLimit, cancellation).ConfigureAwait(false);
        }
        catch (DBusException)
        {
            // Gone with its Avahi, or with the bus.
        }
    }

    private Task<object[]> CallAsync(string member, string signature, IReadOnlyList<object> arguments, CancellationToken cancellation) =>
        connection.CallAsync(owner, path, AvahiNames.EntryGroup, member, signature, arguments, limit, cancellation);
}
