namespace HomeHub.Core.Network;

/// <summary>A wireless network that was heard.</summary>
/// <param name="Id">What tells it apart: the octets of its name, in hex.</param>
/// <param name="Name">Its name, as it can be shown.</param>
/// <param name="SignalPercent">How well it is heard, 0 to 100.</param>
/// <param name="Security">What it asks of who joins.</param>
/// <param name="IsJoined">Whether the hub is in it.</param>
public sealed record WifiNetwork(string Id, string Name, int SignalPercent, WifiSecurity Security, bool IsJoined);
