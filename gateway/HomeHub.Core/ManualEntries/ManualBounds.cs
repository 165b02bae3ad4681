namespace HomeHub.Core.ManualEntries;

/// <summary>
/// What a person's value can be, for each kind and unit. Wide enough for every living person and every home device: what lies outside is a slip of
/// the finger or another unit (98.2 said to be °C, 5.8 said to be mg/dL), and a wrong value is worse than none.
/// </summary>
public static class ManualBounds
{
    private static readonly (ManualKind Kind, string Unit, decimal Low, decimal High)[] Bounds =
    [
        (ManualKind.Weight, "kg", 0.2m, 327.67m), (ManualKind.Weight, "lb", 0.4m, 655.34m),
        (ManualKind.BloodPressure, "mmHg", 20, 350), (ManualKind.BloodPressure, "kPa", 2.6m, 47),
        (ManualKind.Temperature, "C", 20, 46), (ManualKind.Temperature, "F", 68, 115),
        (ManualKind.Glucose, "mg/dL", 9, 650), (ManualKind.Glucose, "mmol/L", 0.5m, 36),
        (ManualKind.OxygenSaturation, "%", 10, 100),
    ];

    private const decimal MinPulse = 10, MaxPulse = 350;

    /// <summary>The units in which a kind can be said, the usual one first.</summary>
    public static IReadOnlyList<string> UnitsOf(ManualKind kind) => [.. Bounds.Where(one => one.Kind == kind).Select(one => one.Unit)];

    /// <summary>Why an entry can't be right, with nothing of its values; null when it can be.</summary>
    public static string? Check(ManualEntry entry)
    {
        (ManualKind kind, string? unit, decimal low, decimal high) = Array.Find(Bounds, one => one.Kind == entry.Kind && one.Unit == entry.Unit);
        if (unit is null)
        {
            IReadOnlyList<string> units = UnitsOf(entry.Kind);
            return units.Count == 0 ? "there is no such kind" : $"the unit is {string.Join(" or ", units)}";
        }

        bool isPressure = kind == ManualKind.BloodPressure;
        if (isPressure ? entry is not { Systolic: not null, Diastolic: not null, Value: null } : entry is not { Systolic: null, Diastolic: null, Value: not null })
        {
            return isPressure ? "a blood pressure has a systolic and a diastolic value, and no other" : "it has one value, without systolic and diastolic";
        }

        if (entry.Pulse is not null && kind is not (ManualKind.BloodPressure or ManualKind.OxygenSaturation))
        {
            return "a pulse goes with a blood pressure or an oxygen saturation";
        }

        if (new[] { entry.Value, entry.Systolic, entry.Diastolic }.Any(value => value < low || value > high))
        {
            return FormattableString.Invariant($"in {unit} it is between {low} and {high}: is the unit right?");
        }

        return entry.Systolic <= entry.Diastolic ? "the systolic value is the higher one"
            : entry.Pulse < MinPulse || entry.Pulse > MaxPulse ? FormattableString.Invariant($"a pulse is between {MinPulse} and {MaxPulse} beats a minute")
            : null;
    }
}
