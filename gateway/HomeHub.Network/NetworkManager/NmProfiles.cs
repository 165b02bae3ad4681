using System.Text;
using HomeHub.Core.Network;
using HomeHub.DBus;

namespace HomeHub.Network.NetworkManager;

/// <summary>What NetworkManager keeps of networks that were joined: it alone has the passphrases.</summary>
internal sealed class NmProfiles(NmBus bus)
{
    private const uint OwnChannel = 6;

    /// <summary>What is to be kept of a network that is joined.</summary>
    public static Dictionary<string, object> Of(NmAccessPoint network, string? passphrase)
    {
        var profile = new Dictionary<string, object>
        {
            ["connection"] = new Dictionary<string, object> { ["type"] = "802-11-wireless", ["id"] = network.Name, ["autoconnect"] = true },
            ["802-11-wireless"] = new Dictionary<string, object> { ["ssid"] = network.Ssid, ["mode"] = "infrastructure" },
            ["ipv4"] = new Dictionary<string, object> { ["method"] = "auto" },
            ["ipv6"] = new Dictionary<string, object> { ["method"] = "auto" },
        };
        if (network.KeyManagement is { } management)
        {
            var security = new Dictionary<string, object> { ["key-mgmt"] = management };
            if (passphrase is not null)
            {
                security["psk"] = passphrase;
            }

            profile["802-11-wireless-security"] = security;
        }

        return profile;
    }

    /// <summary>
    /// The hub's own network, as <c>nmcli device wifi hotspot</c> sets one up: WPA2 with CCMP, phones get addresses, and a way on where the hub has one. In the 2.4 GHz band, which every
    /// phone and every country has, and on a channel on which an access point may send everywhere: left to choose, NetworkManager takes channel 13 for one name in four, and a radio that has
    /// not been told its country may not begin there.
    /// </summary>
    public static Dictionary<string, object> Of(OwnNetwork network) => new()
    {
        ["connection"] = new Dictionary<string, object> { ["type"] = "802-11-wireless", ["id"] = network.Name, ["autoconnect"] = false },
        ["802-11-wireless"] = new Dictionary<string, object> { ["ssid"] = Encoding.ASCII.GetBytes(network.Name), ["mode"] = "ap", ["band"] = "bg", ["channel"] = OwnChannel },
        ["802-11-wireless-security"] = new Dictionary<string, object>
        {
            ["key-mgmt"] = "wpa-psk", ["psk"] = network.Key, ["proto"] = new[] { "rsn" }, ["pairwise"] = new[] { "ccmp" }, ["group"] = new[] { "ccmp" },
        },
        ["ipv4"] = new Dictionary<string, object>
        {
            ["method"] = "shared",
            ["address-data"] = new DBusVariant("aa{sv}", new[] { new Dictionary<string, object> { ["address"] = OwnNetwork.Address.ToString(), ["prefix"] = (uint)OwnNetwork.PrefixBits } }),
        },
        ["ipv6"] = new Dictionary<string, object> { ["method"] = "ignore" },
    };

    /// <summary>Whether what is kept of a wireless network is of one that is joined: not one that this machine opens itself.</summary>
    public static bool IsJoinable(Dictionary<string, object> wireless) => wireless.GetValueOrDefault("mode") is null or "infrastructure";

    /// <summary>Paths of what is kept of a network.</summary>
    public Task<IReadOnlyList<string>> FindAsync(NmAccessPoint network, CancellationToken cancellation) =>
        FindAsync(wireless => wireless.GetValueOrDefault("ssid") is byte[] ssid && ssid.AsSpan().SequenceEqual(network.Ssid), cancellation);

    /// <summary>Paths of what is kept of wireless networks.</summary>
    /// <param name="fits">Which ones, by their wireless settings.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<string>> FindAsync(Func<Dictionary<string, object>, bool> fits, CancellationToken cancellation)
    {
        object[] answer = await bus.CallAsync(NmNames.SettingsPath, NmNames.Settings, "ListConnections", "", [], cancellation).ConfigureAwait(false);
        List<string> found = [];
        foreach (DBusPath path in answer is [DBusPath[] paths] ? paths : [])
        {
            object[] settings = await bus.CallAsync(path.Value, NmNames.Connection, "GetSettings", "", [], cancellation).ConfigureAwait(false);
            if (settings is [Dictionary<string, object> all] && all.GetValueOrDefault("802-11-wireless") is Dictionary<string, object> wireless && fits(wireless))
            {
                found.Add(path.Value);
            }
        }

        return found;
    }

    /// <summary>Has one forgotten; that it is gone already is no error.</summary>
    public async Task ForgetAsync(string path)
    {
        try
        {
            await bus.CallAsync(path, NmNames.Connection, "Delete", "", [], CancellationToken.None).ConfigureAwait(false);
        }
        catch (DBusException)
        {
            // Gone already, or not ours to remove; a profile too many does no harm.
        }
    }
}
