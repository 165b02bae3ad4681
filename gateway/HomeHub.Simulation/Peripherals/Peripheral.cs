using HomeHub.Profiles;
using HomeHub.Simulation.Household;

namespace HomeHub.Simulation.Peripherals;

/// <summary>
/// A simulated personal health device. It says what a real one of its kind would say, octet for octet by the Bluetooth specifications;
/// what it measures comes from its seeded random numbers, so the same seed gives the same octets.
/// </summary>
internal abstract class Peripheral(Random random)
{
    private static readonly IReadOnlyDictionary<string, decimal> NoValues = new Dictionary<string, decimal>();

    private IReadOnlyDictionary<string, decimal> _told = NoValues;

    /// <summary>Where the device's values come from.</summary>
    protected Random Random { get; } = random;

    /// <summary>True when records carry a time stamp of the device's clock.</summary>
    public virtual bool HasClock => true;

    /// <summary>Seconds between two records of one connection that are not stored but sent as they are measured; 0 for stored records.</summary>
    public virtual int StreamIntervalSeconds => 0;

    /// <summary>Characteristics that are read before the measurements: features, sensor location and the like.</summary>
    public abstract IEnumerable<SimulatedPayload> ReadFeatures();

    /// <summary>One measurement: the payloads in the order in which they are sent.</summary>
    /// <param name="stamp">The device's clock when it was taken.</param>
    public abstract IEnumerable<SimulatedPayload> Measure(PhdTimestamp stamp);

    /// <summary>One measurement of which some values are told (<see cref="MeasuredValue"/>).</summary>
    public IReadOnlyList<SimulatedPayload> Measure(PhdTimestamp stamp, IReadOnlyDictionary<string, decimal> values)
    {
        _told = values;
        try
        {
            return [.. Measure(stamp)];
        }
        finally
        {
            _told = NoValues;
        }
    }

    /// <summary>The value that was told, else the next that wanders. It wanders on either way, so that one that is told changes no other.</summary>
    /// <param name="wander">Where it comes from otherwise.</param>
    /// <param name="name">Its name in a device file.</param>
    /// <param name="unitsInOne">How many of the wire's units make one of the file's.</param>
    protected int Next(Wander wander, string name, int unitsInOne = 1)
    {
        int next = wander.Next();
        return _told.TryGetValue(name, out decimal told) ? (int)decimal.Round(told * unitsInOne) : next;
    }

    /// <summary>The peripheral of a kind.</summary>
    /// <param name="kind">What it measures.</param>
    /// <param name="random">Where its values come from.</param>
    /// <param name="options">What it can do beside that.</param>
    public static Peripheral Create(DeviceKind kind, Random random, PeripheralOptions options) => kind switch
    {
        DeviceKind.BloodPressure => new BloodPressureMonitor(random, options),
        DeviceKind.Oximeter => new Oximeter(random),
        DeviceKind.Thermometer => new Thermometer(random),
        DeviceKind.Scale => new Scale(random),
        DeviceKind.GlucoseMeter => new GlucoseMeter(random),
        DeviceKind.HeartRateStrap => new HeartRateStrap(random),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
