namespace HomeHub.Simulation.Devices;

/// <summary>What a device does otherwise than it should, all the time. In a device file the names are kebab-case: <c>no-stamps</c>.</summary>
public enum DeviceQuirk
{
    /// <summary>Its records carry no time stamp, though it has a clock. A glucose record always carries one.</summary>
    NoStamps,

    /// <summary>Its clock runs but was never set: year, month and day are 0 until somebody sets it.</summary>
    ClockNotSet,

    /// <summary>Its records name the other unit (kPa, degrees Fahrenheit, pounds, mol/L) with the number of the usual one. Not for oximeter and strap.</summary>
    WrongUnit,

    /// <summary>It sends each record twice.</summary>
    SendsTwice,
}
