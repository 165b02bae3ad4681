using HomeHub.Core.Network;
using HomeHub.DBus;
using Microsoft.Extensions.Logging;

namespace HomeHub.Network.NetworkManager;

/// <summary>Wireless networks by NetworkManager, 1.30 and later, over D-Bus. It keeps the passphrases, readable by the system's administrator only.</summary>
public sealed class NmWifi : IWifi
{
    private readonly NmWifiOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<NmWifi> _logger;
    private readonly NmBus _bus;
    private readonly NmProfiles _profiles;
    private readonly SemaphoreSlim _joining = new(1);
    private volatile IReadOnlyList<NmAccessPoint> _heardBefore = [];

    /// <summary>Opens nothing yet.</summary>
    public NmWifi(NmWifiOptions options, TimeProvider time, ILogger<NmWifi> logger)
    {
        (_options, _time, _logger) = (options, time, logger);
        _bus = new NmBus(options, time);
        _profiles = new NmProfiles(_bus);
    }

    /// <inheritdoc/>
    public async Task<WifiState> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            (WifiCondition condition, string device) = await NmRadio.FindAsync(_bus, cancellation).ConfigureAwait(false);
            if (condition != WifiCondition.Ready)
            {
                return WifiState.Without(condition);
            }

            (IReadOnlyList<NmAccessPoint> heard, string? joined) = await HearAsync(device, cancellation).ConfigureAwait(false);
            return new WifiState(condition,
            [
                .. heard.GroupBy(point => point.Id)
                    .Select(network => (Best: network.MaxBy(point => point.Strength)!, IsJoined: network.Any(point => point.Path == joined)))
                    .OrderByDescending(network => network.IsJoined).ThenByDescending(network => network.Best.Strength).ThenBy(network => network.Best.Id, StringComparer.Ordinal)
                    .Take(NmWifiOptions.MaxNetworks)
                    .Select(network => new WifiNetwork(network.Best.Id, network.Best.Name, network.Best.Strength, network.Best.Security, network.IsJoined)),
            ]);
        }
        catch (DBusException error)
        {
            _logger.LogDebug("Wireless networks can't be asked for: {Error}", error.Name);
            return WifiState.Without(WifiCondition.NoService);
        }
    }

    /// <inheritdoc/>
    public async Task ListenAsync(CancellationToken cancellation)
    {
        try
        {
            (WifiCondition condition, string device) = await NmRadio.FindAsync(_bus, cancellation).ConfigureAwait(false);
            if (condition == WifiCondition.Ready)
            {
                await _bus.CallAsync(device, NmNames.Wireless, "RequestScan", "a{sv}", [new Dictionary<string, object>()], cancellation).ConfigureAwait(false);
            }
        }
        catch (DBusException error)
        {
            // It listens by itself too, and refuses to do so twice within seconds.
            _logger.LogDebug("Networks are not listened for anew: {Error}", error.Name);
        }
    }

    /// <inheritdoc/>
    public async Task<WifiJoin> JoinAsync(string id, string? passphrase, CancellationToken cancellation)
    {
        await _joining.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await JoinOneAsync(id, passphrase, cancellation).ConfigureAwait(false);
        }
        catch (DBusException error)
        {
            // Its message is NetworkManager's and could repeat what it was given.
            _logger.LogWarning("A wireless network could not be joined: {Error}", error.Name);
            return error.Name is NmNames.NotPermitted or DBusErrors.AccessDenied ? WifiJoin.NotPermitted
                : error.Name is DBusErrors.Timeout or DBusErrors.NoReply ? WifiJoin.TimedOut
                : WifiJoin.Failed;
        }
        finally
        {
            _joining.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<WifiForget> ForgetAsync(CancellationToken cancellation)
    {
        await _joining.WaitAsync(cancellation).ConfigureAwait(false);
        bool hasBegun = false;
        try
        {
            foreach (string path in await _profiles.FindAsync(NmProfiles.IsJoinable, cancellation).ConfigureAwait(false))
            {
                hasBegun = true;
                await _profiles.ForgetAsync(path).ConfigureAwait(false);
            }

            return (await _profiles.FindAsync(NmProfiles.IsJoinable, cancellation).ConfigureAwait(false)).Count == 0 ? WifiForget.Forgotten : WifiForget.NotAll;
        }
        catch (DBusException error)
        {
            _logger.LogWarning("Wireless networks can't be forgotten: {Error}", error.Name);
            return hasBegun ? WifiForget.NotAll : WifiForget.NoService;
        }
        finally
        {
            _joining.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _bus.DisposeAsync().ConfigureAwait(false);
        _joining.Dispose();
    }

    private async Task<WifiJoin> JoinOneAsync(string id, string? passphrase, CancellationToken cancellation)
    {
        (WifiCondition condition, string device) = await NmRadio.FindAsync(_bus, cancellation).ConfigureAwait(false);
        if (condition != WifiCondition.Ready)
        {
            return WifiJoin.NotReady;
        }

        (IReadOnlyList<NmAccessPoint> heard, _) = await HearAsync(device, cancellation).ConfigureAwait(false);
        NmAccessPoint? network = heard.Where(point => point.Id == id).MaxBy(point => point.Strength);
        WifiJoin? refused = network switch
        {
            null => WifiJoin.NotHeard,
            { Security: WifiSecurity.Account or WifiSecurity.Outdated } => WifiJoin.NotSupported,
            { Security: WifiSecurity.Passphrase } when passphrase is null || !WifiPassphrase.IsPossible(passphrase) => WifiJoin.PassphraseForm,
            _ => null,
        };
        if (refused is { } why)
        {
            return why;
        }

        IReadOnlyList<string> before = await _profiles.FindAsync(network!, cancellation).ConfigureAwait(false);
        NmJoining joining = await NmJoining.BeginAsync(_bus, device, cancellation).ConfigureAwait(false);
        await using (joining.ConfigureAwait(false))
        {
            Dictionary<string, object> settings = NmProfiles.Of(network!, network!.Security == WifiSecurity.Passphrase ? passphrase : null);
            (string profile, _) = await joining.AskAsync(
                "AddAndActivateConnection", "a{sa{sv}}oo", [settings, new DBusPath(device), new DBusPath(network.Path)], cancellation).ConfigureAwait(false);
            WifiJoin outcome;
            try
            {
                outcome = await joining.EndedAsync(_options.JoinLimit, _time, cancellation).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                outcome = WifiJoin.TimedOut;
            }

            // What was known of the network before is replaced; a try that failed leaves nothing, and so the old way in stays.
            foreach (string path in outcome == WifiJoin.Joined ? before : [profile])
            {
                await _profiles.ForgetAsync(path).ConfigureAwait(false);
            }

            // Who asks for no passphrase can't have refused one.
            return outcome == WifiJoin.WrongPassphrase && network.Security == WifiSecurity.Open ? WifiJoin.Failed : outcome;
        }
    }

    private async Task<(IReadOnlyList<NmAccessPoint> Heard, string? Joined)> HearAsync(string device, CancellationToken cancellation)
    {
        IReadOnlyDictionary<string, object> wireless = await _bus.ReadAsync(device, NmNames.Wireless, cancellation).ConfigureAwait(false);
        List<NmAccessPoint> heard = [];
        foreach (DBusPath point in wireless.GetValueOrDefault("AccessPoints") as DBusPath[] ?? [])
        {
            try
            {
                if (NmAccessPoint.Read(point.Value, await _bus.ReadAsync(point.Value, NmNames.AccessPoint, cancellation).ConfigureAwait(false)) is { } read)
                {
                    heard.Add(read);
                }
            }
            catch (DBusException error) when (error.Name is DBusErrors.UnknownObject or DBusErrors.UnknownMethod or DBusErrors.UnknownInterface)
            {
                // Not heard any more since the list was read.
            }
        }

        string? active = wireless.GetValueOrDefault("ActiveAccessPoint") is DBusPath { Value: var path } && path != "/" ? path : null;
        if (wireless.GetValueOrDefault("Mode") is NmNames.IsAccessPoint)
        {
            // The adapter hears nothing while it is an access point, so that what was heard before counts, by name alone; and its own network is none to join.
            heard.RemoveAll(point => point.Path == active);
            heard.AddRange(_heardBefore.Where(before => heard.TrueForAll(point => point.Id != before.Id)).Select(before => before with { Path = "/" }).ToArray());
            return (heard, null);
        }

        _heardBefore = heard;
        return (heard, active);
    }
}
