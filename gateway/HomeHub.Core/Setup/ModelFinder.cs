using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Profiles;
using HomeHub.Profiles.Catalogue;

namespace HomeHub.Core.Setup;

/// <summary>The catalogue's answers in the terms of the hub.</summary>
public static class ModelFinder
{
    /// <summary>The model of a device that was heard; null when it is none of the catalogue.</summary>
    public static CatalogueMatch? Find(this DeviceCatalogue models, Advertisement heard) => models.Find(new DeviceSighting
    {
        Name = heard.Name,
        Services = [.. ServicesOf(heard)],
        CompanyIds = [.. heard.ManufacturerData.Keys],
    });

    /// <summary>Whether a device speaks a standard profile; it works then also where the catalogue does not know it.</summary>
    public static bool SpeaksStandardProfile(Advertisement heard) => ServicesOf(heard).Any(ServiceText.IsHealthService);

    /// <summary>What discovery listens for: health services, and the names and vendors' services of the catalogue.</summary>
    public static ScanFilter Filter(this DeviceCatalogue models, ScanFilter health) => new()
    {
        Services = [.. health.Services, .. models.VendorServices.Select(service => new BluetoothUuid(Guid.ParseExact(service, "D")))],
        NamePrefixes = models.NamePrefixes,
    };

    /// <summary>What a session does otherwise for a device that was set up.</summary>
    public static DeviceTraits TraitsOf(this DeviceCatalogue models, RegisteredDevice device, string? modelNumber)
    {
        if (models.Find(new DeviceSighting { Name = device.Name, ModelNumber = modelNumber }) is not { } match)
        {
            return DeviceTraits.None;
        }

        DeviceQuirks quirks = match.Quirks;
        return new DeviceTraits
        {
            ReconnectAfter = Seconds(quirks.ReconnectDelaySeconds),
            Clock = quirks.Clock switch
            {
                ClockHandling.NeverSet => ClockRule.Never,
                ClockHandling.SetBeforeSending => ClockRule.BeforeSending,
                _ => ClockRule.WhenOff,
            },
            ClockTolerance = Seconds(quirks.ClockToleranceSeconds),
            TellsInAdvertisements = quirks.TellsInAdvertisements,
            VendorServices =
            [
                .. match.Candidates.SelectMany(candidate => candidate.Profiles).Where(ServiceText.IsVendors).Distinct()
                    .Select(service => new BluetoothUuid(Guid.ParseExact(service, "D"))),
            ],
            DeletesAfterReceipt = quirks.DeleteAfterReceipt,
        };
    }

    private static IEnumerable<string> ServicesOf(Advertisement heard) => heard.Services.Union(heard.ServiceData.Keys).Select(service => service.ToString());

    private static TimeSpan? Seconds(int? seconds) => seconds is { } known ? TimeSpan.FromSeconds(known) : null;
}
