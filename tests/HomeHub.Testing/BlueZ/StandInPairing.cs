namespace HomeHub.Testing.BlueZ;

/// <summary>How a device behind the stand-in pairs.</summary>
public enum StandInPairing
{
    /// <summary>Without asking anybody, as BlueZ does for the side that starts.</summary>
    JustWorks,

    /// <summary>The agent is asked to authorize.</summary>
    Authorize,

    /// <summary>The person types what the device shows.</summary>
    Enter,

    /// <summary>The person is shown what to type into the device.</summary>
    Display,

    /// <summary>The person compares.</summary>
    Compare,
}
