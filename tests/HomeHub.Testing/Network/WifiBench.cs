using HomeHub.Core.Network;

namespace HomeHub.Testing.Network;

/// <summary>Wireless networks, and the hub that joins them: what a contract test needs to play both sides. One network is there: <see cref="Home"/>.</summary>
public abstract class WifiBench : IAsyncDisposable
{
    /// <summary>Name of the network that asks for <see cref="Passphrase"/>, and of one that asks for nothing.</summary>
    public const string Home = "Etxea 5G", Guests = "Guests";

    /// <summary>The passphrase of <see cref="Home"/>.</summary>
    public const string Passphrase = "kontuz-hemen-2026";

    /// <summary>The port under test.</summary>
    public abstract IWifi Wifi { get; }

    /// <summary>How many passphrases of <see cref="Home"/> the system keeps.</summary>
    public abstract int Kept { get; }

    /// <summary>The network of the home gives no addresses, or does again.</summary>
    public abstract void GiveAddresses(bool gives);

    /// <summary>The adapter is switched on or off.</summary>
    public abstract void Switch(bool isOn);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
