namespace HomeHub.Profiles.Catalogue;

/// <summary>What is known of one device model: one file of the catalogue.</summary>
public sealed record CatalogueEntry
{
    /// <summary>Name of the entry, kebab-case, unique: <c>roche-accu-chek-guide</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it is.</summary>
    public required DeviceCategory Kind { get; init; }

    /// <summary>Who makes it.</summary>
    public required string Manufacturer { get; init; }

    /// <summary>Name under which it is sold.</summary>
    public required string Model { get; init; }

    /// <summary>What the entry stands on.</summary>
    public required CatalogueState State { get; init; }

    /// <summary>Whether the hub takes its readings.</summary>
    public required CatalogueSupport Support { get; init; }

    /// <summary>MDC code of its specialization (MDC_DEV_SPEC_PROFILE_…).</summary>
    public required uint Specialization { get; init; }

    /// <summary>Services by which it tells its readings, in the form of <see cref="ServiceText"/>.</summary>
    public required IReadOnlyList<string> Profiles { get; init; }

    /// <summary>How it is recognised.</summary>
    public required DeviceRecognition Recognition { get; init; }

    /// <summary>What it does other than one would expect.</summary>
    public required DeviceQuirks Quirks { get; init; }

    /// <summary>How to pair it, step by step, in plain words, by language (<see cref="CatalogueNames.Languages"/>).</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Pairing { get; init; }

    /// <summary>Where all of it comes from.</summary>
    public required IReadOnlyList<CatalogueSource> Sources { get; init; }

    /// <summary>More for who maintains the entry, in English; null: nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Maker and model: <c>Roche Accu-Chek Guide</c>.</summary>
    public string DisplayName => $"{Manufacturer} {Model}";

    /// <summary>The entry without what only people read; a hub keeps hundreds of entries in little memory so.</summary>
    public CatalogueEntry WithoutTexts() => this with { Pairing = NoPairing, Sources = [], Note = null };

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> NoPairing = new Dictionary<string, IReadOnlyList<string>>();
}
