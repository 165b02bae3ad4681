using HomeHub.Simulation.Household;

namespace HomeHub.Simulation.Peripherals;

/// <summary>A value that a script may tell a device to measure.</summary>
/// <param name="Name">Its name in a device file.</param>
/// <param name="Low">Lowest that its field can carry here.</param>
/// <param name="High">Highest.</param>
/// <param name="Step">What it is a multiple of, so that nothing is rounded.</param>
internal sealed record MeasuredValue(string Name, decimal Low, decimal High, decimal Step)
{
    /// <summary>The values of a kind of device: mmHg, beats a minute, percent, degrees Celsius, kg, mg/dL.</summary>
    public static IReadOnlyList<MeasuredValue> Of(DeviceKind kind) => kind switch
    {
        DeviceKind.BloodPressure => [new("systolic", 0, 500, 1), new("diastolic", 0, 500, 1), new("pulse", 0, 500, 1)],
        DeviceKind.Oximeter => [new("saturation", 0, 100, 1), new("pulse", 0, 500, 1)],
        DeviceKind.Thermometer => [new("temperature", 0, 100, 0.1m)],
        DeviceKind.Scale => [new("weight", 0, 300, 0.005m), new("fat", 0, 100, 0.1m)],
        DeviceKind.GlucoseMeter => [new("glucose", 0, 2000, 1)],
        DeviceKind.HeartRateStrap => [new("pulse", 30, 240, 1)],
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
