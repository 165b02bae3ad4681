using HomeHub.Profiles;

namespace HomeHub.Core.Peripherals;

/// <summary>Which peripherals a reader of advertisements wants. A peripheral fits by service, name or address; an empty filter fits all.</summary>
public sealed record ScanFilter
{
    /// <summary>Everything that advertises.</summary>
    public static readonly ScanFilter Any = new();

    /// <summary>Services, advertised or with service data.</summary>
    public IReadOnlyCollection<BluetoothUuid> Services { get; init; } = [];

    /// <summary>Beginnings of names, compared by ordinal.</summary>
    public IReadOnlyCollection<string> NamePrefixes { get; init; } = [];

    /// <summary>Addresses, upper case.</summary>
    public IReadOnlyCollection<string> Addresses { get; init; } = [];

    /// <summary>True when <paramref name="advertisement"/> fits.</summary>
    public bool Fits(Advertisement advertisement) =>
        (Services.Count == 0 && NamePrefixes.Count == 0 && Addresses.Count == 0)
        || Addresses.Contains(advertisement.Address)
        || advertisement.Services.Any(Services.Contains)
        || advertisement.ServiceData.Keys.Any(Services.Contains)
        || (advertisement.Name is { } name && NamePrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
}
