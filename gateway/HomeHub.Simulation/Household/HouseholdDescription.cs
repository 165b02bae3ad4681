namespace HomeHub.Simulation.Household;

/// <summary>A simulated household, as a household file describes it (docs/simulation.md).</summary>
public sealed record HouseholdDescription
{
    /// <summary>Most devices in a household.</summary>
    public const int MaxDevices = 256;

    /// <summary>Seed of all random numbers: the same seed gives the same octets.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// When the simulated time starts, with the household's offset from UTC. Null: as long before the real start of the run as the simulated
    /// time is long, so that it ends now. With a start that is written down, two runs give the same octets, times included.
    /// </summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Simulated seconds in one real second; 0 does not wait at all.</summary>
    public double Speed { get; init; }

    /// <summary>The devices.</summary>
    public required IReadOnlyList<DeviceDescription> Devices { get; init; }

    /// <summary>How much time the household simulates.</summary>
    public TimeSpan Length => Devices.Max(device => device.LastAfter);
}
