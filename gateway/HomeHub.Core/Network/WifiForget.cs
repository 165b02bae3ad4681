namespace HomeHub.Core.Network;

/// <summary>What came of having the networks forgotten.</summary>
public enum WifiForget
{
    /// <summary>None is known any more.</summary>
    Forgotten,

    /// <summary>Some are still known: this user may not have them forgotten, or it failed.</summary>
    NotAll,

    /// <summary>The system has nobody who knows networks.</summary>
    NoService,
}
