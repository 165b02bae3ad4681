namespace HomeHub.Core.Network;

/// <summary>What decides whether the hub opens a network of its own.</summary>
/// <param name="IsFirstVisit">Whether nobody has made the hub hers yet, or it has been in no network since.</param>
/// <param name="HasLink">Whether another network is there: a cable, a wireless network, a modem.</param>
/// <param name="Condition">How it stands with the hub's own.</param>
public sealed record OwnNetworkFacts(bool IsFirstVisit, bool HasLink, OwnNetworkCondition Condition);
