namespace HomeHub.Simulation.InProcess;

/// <summary>Limits of a simulated central.</summary>
public sealed record SimulatedCentralOptions
{
    /// <summary>Longest time for a read, write or subscription; an ATT transaction ends after 30 s (Core Specification Vol 3 Part F 3.3.3).</summary>
    public TimeSpan GattLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time between two advertisements of a device.</summary>
    public TimeSpan AdvertisingInterval { get; init; } = TimeSpan.FromMilliseconds(50);
}
