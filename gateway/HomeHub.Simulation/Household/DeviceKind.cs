namespace HomeHub.Simulation.Household;

/// <summary>What a simulated device measures. In a household file the names are kebab-case: <c>blood-pressure</c>.</summary>
public enum DeviceKind
{
    /// <summary>Blood pressure monitor for the upper arm.</summary>
    BloodPressure,

    /// <summary>Pulse oximeter for spot-checks.</summary>
    Oximeter,

    /// <summary>Ear thermometer.</summary>
    Thermometer,

    /// <summary>Scale that also estimates body composition.</summary>
    Scale,

    /// <summary>Blood glucose meter.</summary>
    GlucoseMeter,

    /// <summary>Heart-rate strap.</summary>
    HeartRateStrap,
}
