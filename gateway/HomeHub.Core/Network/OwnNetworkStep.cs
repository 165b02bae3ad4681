namespace HomeHub.Core.Network;

/// <summary>What is to be done with the hub's own network.</summary>
public enum OwnNetworkStep
{
    /// <summary>Nothing.</summary>
    Stay,

    /// <summary>It is opened.</summary>
    Open,

    /// <summary>It is closed.</summary>
    Close,
}
