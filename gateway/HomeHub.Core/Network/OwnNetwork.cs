using System.Net;

namespace HomeHub.Core.Network;

/// <summary>A wireless network of the hub's own, for the first visit in a home where the hub is in no other network yet.</summary>
/// <param name="Name">Its name: <c>HomeHub-1A2B</c>, printable ASCII, 32 characters at most.</param>
/// <param name="Key">Its passphrase (WPA2 Personal), as it stands on the label: this hub's alone. See <see cref="WifiPassphrase"/>.</param>
public sealed record OwnNetwork(string Name, string Key)
{
    /// <summary>The hub's address in it. NetworkManager takes the same when nobody says which, and gives phones addresses beside it.</summary>
    public static readonly IPAddress Address = IPAddress.Parse("10.42.0.1");

    /// <summary>Bits of its network's part.</summary>
    public const int PrefixBits = 24;

    /// <summary>Nothing of the key: a record's own text would tell it.</summary>
    public override string ToString() => Name;
}
