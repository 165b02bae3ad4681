using System.Globalization;
using HomeHub.Profiles.Catalogue;

namespace HomeHub.Gateway.Commands.Catalogue;

/// <summary>An entry of the catalogue in words, for a person at a terminal.</summary>
internal static class CatalogueText
{
    /// <summary>All of it, line by line; the pairing steps in <paramref name="language"/>.</summary>
    public static IEnumerable<string> Describe(CatalogueEntry entry, string language)
    {
        yield return entry.DisplayName;
        yield return $"  {CatalogueNames.NameOf(entry.Kind)}, {CatalogueNames.NameOf(entry.State)}, specialization {entry.Specialization.ToString(CultureInfo.InvariantCulture)}";
        yield return entry.Support == CatalogueSupport.Full ? "  The hub takes its readings." : "  The hub can't take its readings yet.";
        yield return "";
        yield return "Pairing";
        foreach (string step in Steps(entry, language))
        {
            yield return step;
        }

        DeviceRecognition how = entry.Recognition;
        yield return "";
        yield return "Recognised by";
        foreach ((string what, IEnumerable<string> values) in new (string, IEnumerable<string>)[]
        {
            ("name", how.Names),
            ("beginning of its name", how.NamePrefixes),
            ("service", how.Services),
            ("company identifier", how.CompanyIds.Select(id => id.ToString("X4", CultureInfo.InvariantCulture))),
            ("model number", how.ModelNumbers),
        })
        {
            foreach (string value in values)
            {
                yield return $"  {what}: {value}";
            }
        }

        string[] quirks = [.. CatalogueQuirks.List(entry.Quirks).Select(quirk => $"  {quirk.Key}: {quirk.Value}")];
        if (quirks.Length > 0)
        {
            yield return "";
            yield return "Quirks";
            foreach (string quirk in quirks)
            {
                yield return quirk;
            }
        }

        if (entry.Note is { } note)
        {
            yield return "";
            yield return note;
        }

        yield return "";
        yield return "Sources";
        foreach (CatalogueSource source in entry.Sources)
        {
            yield return $"  {source.Title} ({source.Reference})";
        }
    }

    /// <summary>The pairing steps, numbered.</summary>
    public static IEnumerable<string> Steps(CatalogueEntry entry, string language) =>
        entry.Pairing[language].Select((step, i) => string.Create(CultureInfo.InvariantCulture, $"  {i + 1}. {step}"));
}
