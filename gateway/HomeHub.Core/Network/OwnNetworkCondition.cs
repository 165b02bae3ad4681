namespace HomeHub.Core.Network;

/// <summary>How it stands with the hub's own network.</summary>
public enum OwnNetworkCondition
{
    /// <summary>The system has nobody who could open one for the hub.</summary>
    NoService,

    /// <summary>There is no wireless adapter.</summary>
    NoRadio,

    /// <summary>The wireless adapter can't be an access point.</summary>
    NotAble,

    /// <summary>The wireless adapter could, and is switched off.</summary>
    SwitchedOff,

    /// <summary>It can be opened.</summary>
    Closed,

    /// <summary>Phones can join it.</summary>
    Open,

    /// <summary>It could not be opened; it is tried again.</summary>
    Failed,
}
