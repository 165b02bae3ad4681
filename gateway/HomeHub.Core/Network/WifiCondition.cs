namespace HomeHub.Core.Network;

/// <summary>Whether wireless networks can be joined.</summary>
public enum WifiCondition
{
    /// <summary>They can.</summary>
    Ready,

    /// <summary>The system has nobody who could do it for the hub.</summary>
    NoService,

    /// <summary>There is no wireless adapter.</summary>
    NoRadio,

    /// <summary>The wireless adapter is switched off.</summary>
    SwitchedOff,
}
