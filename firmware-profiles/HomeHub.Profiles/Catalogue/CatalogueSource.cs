namespace HomeHub.Profiles.Catalogue;

/// <summary>Where something in an entry comes from.</summary>
/// <param name="Title">What it is, in words.</param>
/// <param name="Reference">Where it stands: repository@commit and path, issue, page, manual or specification.</param>
public sealed record CatalogueSource(string Title, string Reference);
