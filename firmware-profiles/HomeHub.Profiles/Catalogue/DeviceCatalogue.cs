namespace HomeHub.Profiles.Catalogue;

/// <summary>The models that are known, and which of them a device is. Immutable.</summary>
/// <param name="entries">The entries; ids are unique.</param>
public sealed class DeviceCatalogue(IReadOnlyList<CatalogueEntry> entries)
{
    /// <summary>No model at all.</summary>
    public static readonly DeviceCatalogue Empty = new([]);

    private readonly Dictionary<string, CatalogueEntry> _byId = entries.ToDictionary(entry => entry.Id, StringComparer.Ordinal);

    /// <summary>All entries, in the order in which they were given.</summary>
    public IReadOnlyList<CatalogueEntry> Entries => entries;

    /// <summary>Beginnings of all names by which a model is recognised: what discovery listens for.</summary>
    public IReadOnlyList<string> NamePrefixes { get; } =
        [.. entries.SelectMany(entry => entry.Recognition.Names.Concat(entry.Recognition.NamePrefixes)).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Vendors' own services by which a model is recognised.</summary>
    public IReadOnlyList<string> VendorServices { get; } =
        [.. entries.SelectMany(entry => entry.Recognition.Services).Where(ServiceText.IsVendors).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The entry of that id; null when there is none.</summary>
    public CatalogueEntry? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>
    /// The model that a device is; null when it is none of the catalogue. The model number counts most, then the whole name, then the longest beginning
    /// of it; without a name that fits, a vendor's own service, or the maker's data with a service. A device that offers only other health services than
    /// the model is none, whatever its name.
    /// </summary>
    public CatalogueMatch? Find(DeviceSighting sighting)
    {
        var best = new List<CatalogueEntry>();
        (MatchCertainty Certainty, int Weight) highest = default;
        foreach (CatalogueEntry entry in entries)
        {
            if (Weigh(entry.Recognition, sighting) is not { } weight || Contradicts(entry, sighting))
            {
                continue;
            }

            if (best.Count > 0 && weight.CompareTo(highest) < 0)
            {
                continue;
            }

            if (best.Count > 0 && weight.CompareTo(highest) > 0)
            {
                best.Clear();
            }

            highest = weight;
            best.Add(entry);
        }

        best.Sort((a, b) => string.CompareOrdinal(a.Id, b.Id));
        return best.Count == 0 ? null : new CatalogueMatch(best, highest.Certainty);
    }

    private static (MatchCertainty Certainty, int Weight)? Weigh(DeviceRecognition model, DeviceSighting sighting)
    {
        if (sighting.ModelNumber is { } number && model.ModelNumbers.Contains(number))
        {
            return (MatchCertainty.Certain, int.MaxValue);
        }

        if (sighting.Name is { } name)
        {
            if (model.Names.Contains(name))
            {
                return (MatchCertainty.Certain, name.Length);
            }

            int longest = model.NamePrefixes.Where(prefix => name.StartsWith(prefix, StringComparison.Ordinal)).Select(prefix => prefix.Length).DefaultIfEmpty().Max();
            if (longest > 0)
            {
                return (MatchCertainty.Likely, longest);
            }
        }

        bool hasVendors = model.Services.Any(service => ServiceText.IsVendors(service) && sighting.Services.Contains(service));
        bool hasMakers = model.CompanyIds.Any(sighting.CompanyIds.Contains) && model.Services.Any(sighting.Services.Contains);
        return hasVendors || hasMakers ? (MatchCertainty.Possible, hasVendors ? 1 : 0) : null;
    }

    private static bool Contradicts(CatalogueEntry entry, DeviceSighting sighting)
    {
        string[] told = [.. sighting.Services.Where(ServiceText.IsHealthService)];
        string[] expected = [.. entry.Profiles.Concat(entry.Recognition.Services).Where(ServiceText.IsHealthService)];
        return told.Length > 0 && expected.Length > 0 && !told.Any(expected.Contains);
    }
}
