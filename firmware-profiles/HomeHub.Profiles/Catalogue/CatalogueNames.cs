namespace HomeHub.Profiles.Catalogue;

/// <summary>How the catalogue spells its choices, in files and on the command line.</summary>
public static class CatalogueNames
{
    /// <summary>Languages of the pairing steps: English, Spanish, Basque, Swedish, Norwegian Bokmål.</summary>
    public static readonly IReadOnlyList<string> Languages = ["en", "es", "eu", "sv", "nb"];

    internal static readonly (string Name, DeviceCategory Value)[] Kinds =
    [
        ("blood-pressure", DeviceCategory.BloodPressure),
        ("oximeter", DeviceCategory.Oximeter),
        ("thermometer", DeviceCategory.Thermometer),
        ("scale", DeviceCategory.Scale),
        ("glucose-meter", DeviceCategory.GlucoseMeter),
        ("cgm", DeviceCategory.Cgm),
        ("heart-rate-strap", DeviceCategory.HeartRateStrap),
    ];

    internal static readonly (string Name, CatalogueState Value)[] States =
    [
        ("verified-by-capture", CatalogueState.VerifiedByCapture),
        ("per-published-protocol", CatalogueState.PerPublishedProtocol),
        ("per-standard-profile", CatalogueState.PerStandardProfile),
    ];

    internal static readonly (string Name, CatalogueSupport Value)[] Supports =
    [
        ("full", CatalogueSupport.Full),
        ("not-yet", CatalogueSupport.NotYet),
    ];

    internal static readonly (string Name, ClockHandling Value)[] Clocks =
    [
        ("set-when-off", ClockHandling.SetWhenOff),
        ("set-before-sending", ClockHandling.SetBeforeSending),
        ("never-set", ClockHandling.NeverSet),
    ];

    /// <summary>Names of all kinds of devices, in the catalogue's order.</summary>
    public static IReadOnlyList<string> KindNames { get; } = [.. Kinds.Select(kind => kind.Name)];

    /// <summary>Name of a kind: <c>blood-pressure</c>.</summary>
    public static string NameOf(DeviceCategory kind) => Find(Kinds, kind);

    /// <summary>Name of a state: <c>verified-by-capture</c>.</summary>
    public static string NameOf(CatalogueState state) => Find(States, state);

    /// <summary>Name of a support: <c>not-yet</c>.</summary>
    public static string NameOf(CatalogueSupport support) => Find(Supports, support);

    /// <summary>Name of a handling: <c>never-set</c>.</summary>
    public static string NameOf(ClockHandling clock) => Find(Clocks, clock);

    private static string Find<T>((string Name, T Value)[] names, T value)
        where T : struct, Enum => Array.Find(names, name => EqualityComparer<T>.Default.Equals(name.Value, value)).Name ?? throw new ArgumentOutOfRangeException(nameof(value));
}
