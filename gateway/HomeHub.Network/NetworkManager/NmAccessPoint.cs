using System.Text;
using HomeHub.Core.Network;

namespace HomeHub.Network.NetworkManager;

/// <summary>An access point that was heard.</summary>
/// <param name="Path">Its object.</param>
/// <param name="Ssid">Octets of its network's name.</param>
/// <param name="Strength">How well it is heard, 0 to 100.</param>
/// <param name="Security">What it asks.</param>
/// <param name="KeyManagement">What NetworkManager calls the way in: <c>wpa-psk</c>, <c>sae</c>, <c>owe</c>; null: none, or one that is not joined.</param>
internal sealed record NmAccessPoint(string Path, byte[] Ssid, int Strength, WifiSecurity Security, string? KeyManagement)
{
    /// <summary>What tells its network apart.</summary>
    public string Id => Convert.ToHexStringLower(Ssid);

    /// <summary>Its network's name, as it can be shown: what is no text becomes a sign for that.</summary>
    public string Name => string.Concat(Encoding.UTF8.GetString(Ssid).Select(letter => char.IsControl(letter) ? '\uFFFD' : letter));

    /// <summary>Reads an access point's properties; null for one that hides its name or tells none.</summary>
    public static NmAccessPoint? Read(string path, IReadOnlyDictionary<string, object> properties)
    {
        if (properties.GetValueOrDefault("Ssid") is not byte[] { Length: > 0 } ssid || ssid.All(octet => octet == 0))
        {
            return null;
        }

        uint flags = Number("Flags"), ways = Number("WpaFlags") | Number("RsnFlags");
        (WifiSecurity security, string? management) = ways switch
        {
            _ when (ways & NmNames.Psk) != 0 => (WifiSecurity.Passphrase, "wpa-psk"),
            _ when (ways & NmNames.Sae) != 0 => (WifiSecurity.Passphrase, "sae"),
            _ when (ways & NmNames.Owe) != 0 => (WifiSecurity.Open, "owe"),
            0 when (flags & NmNames.Privacy) != 0 => (WifiSecurity.Outdated, null),
            0 => (WifiSecurity.Open, (string?)null),
            _ => (WifiSecurity.Account, null),
        };
        return new NmAccessPoint(path, ssid, properties.GetValueOrDefault("Strength") is byte strength ? Math.Min((int)strength, 100) : 0, security, management);

        uint Number(string name) => properties.GetValueOrDefault(name) is uint number ? number : 0;
    }
}
