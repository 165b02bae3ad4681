using System.Net;
using System.Security.Cryptography;
using HomeHub.Core.Household;
using HomeHub.Core.Network;
using HomeHub.Web.Tls;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Hub;

/// <summary>The hub's own network, with what keeps it.</summary>
internal sealed class OwnNetworkParts : IAsyncDisposable
{
    private readonly IOwnNetwork _port;

    private OwnNetworkParts(IOwnNetwork port, OwnNetworkKeeper keeper) => (_port, Keeper) = (port, keeper);

    /// <summary>Opens and closes it.</summary>
    public OwnNetworkKeeper Keeper { get; }

    /// <summary>Begins to keep it; null where it is not wanted, or where no phone on it would reach the pages.</summary>
    /// <param name="parts">The hub.</param>
    /// <param name="wifi">Joins other networks.</param>
    /// <param name="household">Whether the hub was claimed.</param>
    /// <param name="listen">Where the pages listen.</param>
    /// <exception cref="IOException">The key of the pages can't be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    /// <exception cref="InvalidDataException">It is no key.</exception>
    public static OwnNetworkParts? Open(HubParts parts, IWifi wifi, IHousehold household, IPAddress listen)
    {
        if (!parts.Configuration.Pages.HasOwnNetwork || !(listen.Equals(IPAddress.IPv6Any) || HomeAddresses.IsServed(OwnNetwork.Address, listen)))
        {
            return null;
        }

        using ECDsa key = HubKey.Open(parts.Folder);
        IOwnNetwork port = Adapters.OpenOwnNetwork(parts.Loggers, parts.Time);
        return new OwnNetworkParts(port, new OwnNetworkKeeper(
            port, wifi, HubOwnNetwork.Of(parts.Buffer.Hub, key), household, SystemLinks.Read, parts.Time, parts.Loggers.CreateLogger<OwnNetworkKeeper>()));
    }

    /// <summary>Has networks forgotten in its favour.</summary>
    public NetworkReset CreateReset(IWifi wifi) => new(_port, wifi, Keeper);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Keeper.DisposeAsync().ConfigureAwait(false);
        await _port.DisposeAsync().ConfigureAwait(false);
    }
}
