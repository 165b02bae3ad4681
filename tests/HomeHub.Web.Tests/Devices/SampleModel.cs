using HomeHub.Profiles.Catalogue;

namespace HomeHub.Web.Tests.Devices;

/// <summary>A model of the catalogue that is made up.</summary>
internal static class SampleModel
{
    /// <summary>How names of its devices begin.</summary>
    public const string Name = "Example GM";

    public static CatalogueEntry Entry { get; } = new()
    {
        Id = "example-meter",
        Kind = DeviceCategory.GlucoseMeter,
        Manufacturer = "Example",
        Model = "Meter 1",
        State = CatalogueState.PerStandardProfile,
        Support = CatalogueSupport.Full,
        Specialization = 528401,
        Profiles = ["1808"],
        Recognition = new DeviceRecognition { NamePrefixes = [Name] },
        Quirks = DeviceQuirks.None with { NeedsBond = false, NeedsUserConsent = true },
        Pairing = new Dictionary<string, IReadOnlyList<string>>
        {
            ["en"] = ["An example step."], ["es"] = ["Paso de ejemplo."], ["eu"] = ["Adibide-urratsa."], ["sv"] = ["Exempelsteg."], ["nb"] = ["Eksempeltrinn."],
        },
        Sources = [],
    };
}
