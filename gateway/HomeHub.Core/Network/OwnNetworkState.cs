namespace HomeHub.Core.Network;

/// <summary>How it stands with the hub's own network, for those who look.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Condition">How it stands.</param>
/// <param name="Interface">The interface that is it while it is open; null otherwise.</param>
/// <param name="IsAsked">Whether the nurse asked for it; else it is open only for the first visit.</param>
/// <param name="Joining"><see cref="WifiNetwork.Id"/> of the network that is being joined; null: none.</param>
/// <param name="Last">What came of the last try to join a network; null while there is none.</param>
public sealed record OwnNetworkState(string Name, OwnNetworkCondition Condition, string? Interface = null, bool IsAsked = false, string? Joining = null, WifiAttempt? Last = null)
{
    /// <summary>Whether phones can join it.</summary>
    public bool IsOpen => Condition == OwnNetworkCondition.Open;
}
