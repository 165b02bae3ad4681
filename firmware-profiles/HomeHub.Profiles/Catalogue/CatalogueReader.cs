using System.Globalization;
using System.Text.Json;

namespace HomeHub.Profiles.Catalogue;

/// <summary>
/// Reads files of the catalogue. It accepts what firmware-profiles/catalogue/device-model.schema.json accepts, and says in plainer words than a schema
/// validator what is wrong; a test holds the two together. Comments and trailing commas are none of JSON's and refused.
/// </summary>
public static class CatalogueReader
{
    /// <summary>Largest file, in bytes.</summary>
    public const int MaxFileBytes = 64 * 1024;

    /// <summary>Most seconds of a quirk that tells a time: ten minutes between connections, a day of clock.</summary>
    internal const int MaxReconnectDelaySeconds = 600, MaxClockToleranceSeconds = 86_400;

    private const int MinSpecialization = 528_384, MaxSpecialization = 532_479;

    /// <summary>Reads one file.</summary>
    /// <param name="file">Name of the file, for errors.</param>
    /// <param name="json">Its content.</param>
    public static CatalogueReadResult Read(string file, ReadOnlyMemory<byte> json)
    {
        if (json.Length > MaxFileBytes)
        {
            return Failed(file, $"at most {MaxFileBytes} bytes");
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement, new CatalogueReading(file))
                : Failed(file, "a JSON object");
        }
        catch (JsonException error)
        {
            return Failed(file, $"JSON; it is none at line {error.LineNumber + 1}");
        }
    }

    private static CatalogueReadResult Failed(string file, string expected) => new(null, [new CatalogueError(file, "", expected)]);

    private static CatalogueReadResult Read(JsonElement element, CatalogueReading reading)
    {
        var root = new CatalogueObject(element, "", reading);
        root.Text("$schema", isRequired: true);
        var entry = new CatalogueEntry
        {
            Id = root.Text("id", true, IsKebab, "a name of lower-case letters, digits and single dashes: maker-model") ?? "",
            Kind = root.Choice("kind", true, CatalogueNames.Kinds),
            Manufacturer = root.Text("manufacturer", true) ?? "",
            Model = root.Text("model", true) ?? "",
            State = root.Choice("state", true, CatalogueNames.States),
            Support = root.Choice("support", true, CatalogueNames.Supports),
            Specialization = (uint)(root.Number("specialization", true, MinSpecialization, MaxSpecialization) ?? 0),
            Profiles = root.Texts("profiles", true, ServiceText.IsValid, ServiceForm),
            Recognition = ReadRecognition(root, root.Object("recognition", true)),
            Quirks = ReadQuirks(root.Object("quirks", true)),
            Pairing = ReadPairing(root.Object("pairing", true)),
            Sources = ReadSources(root),
            Note = root.Text("note", false),
        };
        root.End();
        return reading.Errors.Count == 0 ? new CatalogueReadResult(entry, []) : new CatalogueReadResult(null, reading.Errors);
    }

    private const string ServiceForm = "services as four upper-case hex digits, or 128 bits with dashes in lower case, none twice";

    private static DeviceRecognition ReadRecognition(CatalogueObject root, CatalogueObject part)
    {
        int before = root.ErrorCount;
        var recognition = new DeviceRecognition
        {
            Names = part.Texts("names", false),
            NamePrefixes = part.Texts("namePrefixes", false, text => text.Length >= 3, "beginnings of names, of 3 characters at least, none twice"),
            Services = part.Texts("services", false, ServiceText.IsValid, ServiceForm),
            CompanyIds =
            [
                .. part.Texts("companyIds", false, text => text.Length == 4 && text.All(char.IsAsciiHexDigitUpper), "company identifiers as four upper-case hex digits, none twice")
                    .Select(text => ushort.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)),
            ],
            ModelNumbers = part.Texts("modelNumbers", false),
        };
        part.End();
        bool canBeFound = recognition.Names.Count > 0 || recognition.NamePrefixes.Count > 0 || recognition.ModelNumbers.Count > 0
            || recognition.Services.Any(ServiceText.IsVendors) || (recognition.CompanyIds.Count > 0 && recognition.Services.Count > 0);
        if (!canBeFound && root.ErrorCount == before)
        {
            root.Wrong("recognition", "a name, a beginning of names, a model number, a service of the vendor's own, or a company identifier with a service: something that tells it from others");
        }

        return recognition;
    }

    private static DeviceQuirks ReadQuirks(CatalogueObject part)
    {
        DeviceQuirks none = DeviceQuirks.None;
        var quirks = new DeviceQuirks
        {
            NeedsBond = part.Flag("needsBond", none.NeedsBond),
            AcceptsLegacyPairing = part.Flag("acceptsLegacyPairing", none.AcceptsLegacyPairing),
            ReconnectDelaySeconds = part.Number("reconnectDelaySeconds", false, 1, MaxReconnectDelaySeconds),
            Clock = part.Choice("clock", false, CatalogueNames.Clocks),
            ClockToleranceSeconds = part.Number("clockToleranceSeconds", false, 1, MaxClockToleranceSeconds),
            AdvertisesOnlyAfterMeasurement = part.Flag("advertisesOnlyAfterMeasurement", none.AdvertisesOnlyAfterMeasurement),
            StaysConnected = part.Flag("staysConnected", none.StaysConnected),
            DropsLink = part.Flag("dropsLink", none.DropsLink),
            ResendsRecords = part.Flag("resendsRecords", none.ResendsRecords),
            ErasesAfterTransfer = part.Flag("erasesAfterTransfer", none.ErasesAfterTransfer),
            DeleteAfterReceipt = part.Flag("deleteAfterReceipt", none.DeleteAfterReceipt),
            UnreliableClock = part.Flag("unreliableClock", none.UnreliableClock),
            WrongFlags = part.Flag("wrongFlags", none.WrongFlags),
            WrongUnits = part.Flag("wrongUnits", none.WrongUnits),
            WrongBodySite = part.Flag("wrongBodySite", none.WrongBodySite),
            TellsInAdvertisements = part.Flag("tellsInAdvertisements", none.TellsInAdvertisements),
            NeedsUserConsent = part.Flag("needsUserConsent", none.NeedsUserConsent),
            NeedsVendorApp = part.Flag("needsVendorApp", none.NeedsVendorApp),
        };
        part.End();
        return quirks;
    }

    private static Dictionary<string, IReadOnlyList<string>> ReadPairing(CatalogueObject part)
    {
        var pairing = new Dictionary<string, IReadOnlyList<string>>();
        foreach (string language in CatalogueNames.Languages)
        {
            pairing[language] = part.Texts(language, true, null, "the steps, each a text that is not empty, none twice");
        }

        part.End();
        return pairing;
    }

    private static List<CatalogueSource> ReadSources(CatalogueObject root)
    {
        var sources = new List<CatalogueSource>();
        foreach (CatalogueObject part in root.Objects("sources", true))
        {
            string? title = part.Text("title", true), reference = part.Text("reference", true);
            part.End();
            sources.Add(new CatalogueSource(title ?? "", reference ?? ""));
        }

        return sources;
    }

    private static bool IsKebab(string text) =>
        text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-')
        && text[0] != '-' && text[^1] != '-' && !text.Contains("--", StringComparison.Ordinal);
}
