namespace HomeHub.Core.Network;

/// <summary>Whether the hub's name is told on the home network.</summary>
public enum HomeNameCondition
{
    /// <summary>Not yet: there is no network yet, or it is being asked whether the name is free.</summary>
    Starting,

    /// <summary>It is told.</summary>
    Told,

    /// <summary>The system has nobody who tells names.</summary>
    NoService,

    /// <summary>It could not be told; it is tried again.</summary>
    Failed,
}
