using HomeHub.Profiles.Catalogue;

namespace HomeHub.Gateway.Catalogue;

/// <summary>The catalogue as the files make it.</summary>
/// <param name="Models">What could be read.</param>
/// <param name="Errors">What could not.</param>
internal sealed record LoadedCatalogue(DeviceCatalogue Models, IReadOnlyList<CatalogueError> Errors);
