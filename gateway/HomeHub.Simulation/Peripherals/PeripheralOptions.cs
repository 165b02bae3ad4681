namespace HomeHub.Simulation.Peripherals;

/// <summary>What a simulated device can do beside measuring.</summary>
/// <param name="HasClock">Whether its records carry a stamp, where its kind leaves the choice.</param>
/// <param name="UserIndex">User that it names in its records, 0 to 254; null: none.</param>
internal readonly record struct PeripheralOptions(bool HasClock, byte? UserIndex)
{
    /// <summary>A clock, and no users.</summary>
    public static readonly PeripheralOptions Usual = new(true, null);
}
