namespace HomeHub.Profiles.Catalogue;

/// <summary>A file of the catalogue that was read: the entry, or all that is wrong with it.</summary>
/// <param name="Entry">The entry; null when there are errors.</param>
/// <param name="Errors">What is wrong; empty when there is an entry.</param>
public sealed record CatalogueReadResult(CatalogueEntry? Entry, IReadOnlyList<CatalogueError> Errors);
