namespace HomeHub.Profiles.Catalogue;

/// <summary>The model that a device is, or the few that it may be: names of one maker often begin alike.</summary>
/// <param name="Candidates">The models that fit equally well, one at least, by id.</param>
/// <param name="Certainty">How sure it is that it is one of them.</param>
public sealed record CatalogueMatch(IReadOnlyList<CatalogueEntry> Candidates, MatchCertainty Certainty)
{
    /// <summary>The model; null while there are several candidates.</summary>
    public CatalogueEntry? Entry => Candidates.Count == 1 ? Candidates[0] : null;

    /// <summary>Quirks that are right for whichever of the candidates it is.</summary>
    public DeviceQuirks Quirks => DeviceQuirks.Careful([.. Candidates.Select(candidate => candidate.Quirks)]);

    /// <summary>The model in words; with many candidates, the first and how many more there are.</summary>
    public string DisplayName => Candidates.Count <= MaxNamed
        ? string.Join(" or ", Candidates.Select(candidate => candidate.DisplayName))
        : $"{Candidates[0].DisplayName} or {Candidates.Count - 1} more models";

    private const int MaxNamed = 3;
}
