using HomeHub.Core.Setup;
using HomeHub.Profiles.Catalogue;
using HomeHub.Web.Texts;

namespace HomeHub.Web.Devices;

/// <summary>What is said of a device that is near.</summary>
internal static class NearWords
{
    /// <summary>Which model it is, as far as that is known.</summary>
    /// <param name="device">The device as it was heard; null: it was not.</param>
    /// <param name="known">Its model by what is registered of it; null: none.</param>
    /// <param name="language">The reader's language.</param>
    public static string ModelOf(NearbyDevice? device, CatalogueMatch? known, Language language)
    {
        if ((device?.Match ?? known) is not { } match)
        {
            return language.Text(device is null ? "near.silent" : device.CanBeUsed ? "near.unverified" : "near.not-known");
        }

        string models = DeviceSight.ModelsOf(match);
        return device is { CanBeUsed: false } ? language.Text("near.not-yet", ("model", models))
            : match.Certainty == MatchCertainty.Possible ? language.Text("near.perhaps", ("model", models)) : models;
    }
}
