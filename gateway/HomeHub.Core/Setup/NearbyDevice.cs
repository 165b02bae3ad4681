using HomeHub.Core.Peripherals;
using HomeHub.Profiles;
using HomeHub.Profiles.Catalogue;

namespace HomeHub.Core.Setup;

/// <summary>A device that is near, as a person sees it in a list.</summary>
/// <param name="Heard">What it advertised.</param>
/// <param name="Match">Its model; null: none of the catalogue.</param>
/// <param name="SilentFor">How long ago it was heard.</param>
public sealed record NearbyDevice(Advertisement Heard, CatalogueMatch? Match, TimeSpan SilentFor)
{
    private static readonly (ushort Service, DeviceCategory Kind)[] KindsByService =
    [
        (0x1810, DeviceCategory.BloodPressure), (0x1822, DeviceCategory.Oximeter), (0x1809, DeviceCategory.Thermometer), (0x181D, DeviceCategory.Scale),
        (0x181B, DeviceCategory.Scale), (0x1808, DeviceCategory.GlucoseMeter), (0x181F, DeviceCategory.Cgm), (0x180D, DeviceCategory.HeartRateStrap),
    ];

    /// <summary>What it is to a person; null: not known.</summary>
    public DeviceCategory? Kind => KindOf(Match, Heard.Services.Concat(Heard.ServiceData.Keys));

    /// <summary>Whether the hub can take its readings: its model says so, or it speaks a standard profile.</summary>
    public bool CanBeUsed => Match is { } match ? !match.Candidates.All(candidate => candidate.Support == CatalogueSupport.NotYet) : ModelFinder.SpeaksStandardProfile(Heard);

    /// <summary>What a device is to a person, by its model, else by the services that it offers; null: not known, or the models that it may be differ.</summary>
    public static DeviceCategory? KindOf(CatalogueMatch? match, IEnumerable<BluetoothUuid> services)
    {
        DeviceCategory[] kinds = match is not null
            ? [.. match.Candidates.Select(candidate => candidate.Kind).Distinct()]
            : [.. services.SelectMany(service => KindsByService.Where(known => service.Short == known.Service)).Select(known => known.Kind).Distinct()];
        return kinds.Length == 1 ? kinds[0] : null;
    }
}
