namespace HomeHub.Core.Network;

/// <summary>What a network is reached by.</summary>
public enum LinkKind
{
    /// <summary>A cable.</summary>
    Cable,

    /// <summary>A wireless network of the home.</summary>
    Wireless,

    /// <summary>A modem of a mobile network.</summary>
    Mobile,

    /// <summary>Something else, such as a tunnel or the network of a container.</summary>
    Other,
}
