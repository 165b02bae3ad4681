using HomeHub.Core.Network;

namespace HomeHub.Gateway.Hub;

/// <summary>What a running hub tells about its pages.</summary>
/// <param name="Address">Their address by the hub's name.</param>
/// <param name="OwnNetwork">How it stands with the hub's own network; null where it opens none.</param>
internal sealed record PagesState(Uri Address, OwnNetworkCondition? OwnNetwork);
