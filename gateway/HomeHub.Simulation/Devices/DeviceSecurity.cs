namespace HomeHub.Simulation.Devices;

/// <summary>What a simulated device asks for before it tells anything.</summary>
public enum DeviceSecurity
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A bond by Just Works.</summary>
    JustWorks,

    /// <summary>A bond by the number that it shows.</summary>
    Passkey,
}
