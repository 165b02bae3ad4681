using System.Globalization;
using HomeHub.Profiles.Catalogue;

namespace HomeHub.Gateway.Commands.Catalogue;

/// <summary>The quirks of a model that are other than what is assumed, under the keys of the files.</summary>
internal static class CatalogueQuirks
{
    /// <summary>Key and value of each.</summary>
    public static IEnumerable<(string Key, string Value)> List(DeviceQuirks quirks)
    {
        (string Key, bool Is, bool Assumed)[] flags =
        [
            ("needsBond", quirks.NeedsBond, DeviceQuirks.None.NeedsBond),
            ("acceptsLegacyPairing", quirks.AcceptsLegacyPairing, false),
            ("advertisesOnlyAfterMeasurement", quirks.AdvertisesOnlyAfterMeasurement, false),
            ("staysConnected", quirks.StaysConnected, false),
            ("dropsLink", quirks.DropsLink, false),
            ("resendsRecords", quirks.ResendsRecords, false),
            ("erasesAfterTransfer", quirks.ErasesAfterTransfer, false),
            ("deleteAfterReceipt", quirks.DeleteAfterReceipt, false),
            ("unreliableClock", quirks.UnreliableClock, false),
            ("wrongFlags", quirks.WrongFlags, false),
            ("wrongUnits", quirks.WrongUnits, false),
            ("wrongBodySite", quirks.WrongBodySite, false),
            ("tellsInAdvertisements", quirks.TellsInAdvertisements, false),
            ("needsUserConsent", quirks.NeedsUserConsent, false),
            ("needsVendorApp", quirks.NeedsVendorApp, false),
        ];
        foreach ((string key, bool isSo, bool assumed) in flags)
        {
            if (isSo != assumed)
            {
                yield return (key, isSo ? "true" : "false");
            }
        }

        if (quirks.ReconnectDelaySeconds is { } delay)
        {
            yield return ("reconnectDelaySeconds", delay.ToString(CultureInfo.InvariantCulture));
        }

        if (quirks.Clock != DeviceQuirks.None.Clock)
        {
            yield return ("clock", CatalogueNames.NameOf(quirks.Clock));
        }

        if (quirks.ClockToleranceSeconds is { } tolerance)
        {
            yield return ("clockToleranceSeconds", tolerance.ToString(CultureInfo.InvariantCulture));
        }
    }
}
