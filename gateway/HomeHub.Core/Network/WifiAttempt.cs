namespace HomeHub.Core.Network;

/// <summary>A try to join a wireless network that has ended.</summary>
/// <param name="Id"><see cref="WifiNetwork.Id"/>.</param>
/// <param name="Outcome">What came of it.</param>
public sealed record WifiAttempt(string Id, WifiJoin Outcome);
