using HomeHub.Core.Network;
using HomeHub.DBus;
using Microsoft.Extensions.Logging;

namespace HomeHub.Network.NetworkManager;

/// <summary>
/// The hub's own network by NetworkManager, 1.30 and later, over D-Bus. It is kept in no file, and bound to this connection with the bus: NetworkManager ends it with the hub, however that
/// ends.
/// </summary>
public sealed class NmOwnNetwork : IOwnNetwork
{
    private readonly NmWifiOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<NmOwnNetwork> _logger;
    private readonly NmBus _bus;
    private volatile string? _active;

    /// <summary>Opens nothing yet.</summary>
    public NmOwnNetwork(NmWifiOptions options, TimeProvider time, ILogger<NmOwnNetwork> logger)
    {
        (_options, _time, _logger) = (options, time, logger);
        _bus = new NmBus(options, time);
    }

    /// <inheritdoc/>
    public async Task<OwnNetworkSight> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            (WifiCondition condition, string device) = await NmRadio.FindAsync(_bus, cancellation).ConfigureAwait(false);
            if (condition == WifiCondition.NoRadio)
            {
                return new OwnNetworkSight(OwnNetworkCondition.NoRadio);
            }

            if (!await IsAbleAsync(device, cancellation).ConfigureAwait(false))
            {
                return new OwnNetworkSight(OwnNetworkCondition.NotAble);
            }

            if (condition == WifiCondition.SwitchedOff)
            {
                return new OwnNetworkSight(OwnNetworkCondition.SwitchedOff);
            }

            if (!await IsUpAsync(cancellation).ConfigureAwait(false))
            {
                return new OwnNetworkSight(OwnNetworkCondition.Closed);
            }

            IReadOnlyDictionary<string, object> facts = await _bus.ReadAsync(device, NmNames.Device, cancellation).ConfigureAwait(false);
            return new OwnNetworkSight(OwnNetworkCondition.Open, facts.GetValueOrDefault("Interface") as string);
        }
        catch (DBusException error)
        {
            _logger.LogDebug("Whether the hub can have a network of its own can't be asked: {Error}", error.Name);
            return new OwnNetworkSight(OwnNetworkCondition.NoService);
        }
    }

    /// <inheritdoc/>
    public async Task<bool> OpenAsync(OwnNetwork network, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(network);
        try
        {
            return await IsUpAsync(cancellation).ConfigureAwait(false) || await BeginAsync(network, cancellation).ConfigureAwait(false);
        }
        catch (DBusException error)
        {
            // Its message is NetworkManager's and could repeat what it was given.
            _logger.LogDebug("NetworkManager opens no network: {Error}", error.Name);
            return false;
        }
        catch (TimeoutException)
        {
            await CloseAsync(CancellationToken.None).ConfigureAwait(false);
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task CloseAsync(CancellationToken cancellation)
    {
        if (_active is not { } active)
        {
            return;
        }

        try
        {
            await _bus.CallAsync(NmNames.Path, NmNames.Manager, "DeactivateConnection", "o", [new DBusPath(active)], cancellation).ConfigureAwait(false);
            _active = null;
        }
        catch (DBusException error)
        {
            // Gone already, or NetworkManager is; what is still there is seen at the next look.
            _logger.LogDebug("The hub's own network was not closed: {Error}", error.Name);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _bus.DisposeAsync();

    private async Task<bool> BeginAsync(OwnNetwork network, CancellationToken cancellation)
    {
        (WifiCondition condition, string device) = await NmRadio.FindAsync(_bus, cancellation).ConfigureAwait(false);
        if (condition != WifiCondition.Ready || !await IsAbleAsync(device, cancellation).ConfigureAwait(false))
        {
            return false;
        }

        NmJoining opening = await NmJoining.BeginAsync(_bus, device, cancellation).ConfigureAwait(false);
        await using (opening.ConfigureAwait(false))
        {
            var options = new Dictionary<string, object> { ["persist"] = "volatile", ["bind-activation"] = "dbus-client" };
            (_, _active) = await opening.AskAsync(
                "AddAndActivateConnection2", "a{sa{sv}}ooa{sv}", [NmProfiles.Of(network), new DBusPath(device), new DBusPath("/"), options], cancellation).ConfigureAwait(false);
            return await opening.EndedAsync(_options.JoinLimit, _time, cancellation).ConfigureAwait(false) == WifiJoin.Joined;
        }
    }

    private async Task<bool> IsAbleAsync(string device, CancellationToken cancellation) =>
        (await _bus.ReadAsync(device, NmNames.Wireless, cancellation).ConfigureAwait(false)).GetValueOrDefault("WirelessCapabilities") is uint able && (able & NmNames.CanBeAccessPoint) != 0;

    private async Task<bool> IsUpAsync(CancellationToken cancellation)
    {
        if (_active is not { } active)
        {
            return false;
        }

        try
        {
            return (await _bus.ReadAsync(active, NmNames.Active, cancellation).ConfigureAwait(false)).GetValueOrDefault("State") is NmNames.Activated;
        }
        catch (DBusException error) when (error.Name is DBusErrors.UnknownObject or DBusErrors.UnknownMethod or DBusErrors.UnknownInterface)
        {
            // Ended since.
            _active = null;
            return false;
        }
    }
}
