namespace HomeHub.Core.Network;

/// <summary>What was seen of the hub's own network.</summary>
/// <param name="Condition">How it stands.</param>
/// <param name="Interface">The interface that is it while it is open: <c>wlan0</c>; null otherwise.</param>
public sealed record OwnNetworkSight(OwnNetworkCondition Condition, string? Interface = null)
{
    /// <summary>Whether this machine can open one at all, now or once its adapter is switched on.</summary>
    public bool IsPossible => Condition is not (OwnNetworkCondition.NoService or OwnNetworkCondition.NoRadio or OwnNetworkCondition.NotAble);
}
