namespace HomeHub.Profiles.Catalogue;

/// <summary>One reading of one file: whose it is, and what was found wrong so far.</summary>
internal sealed record CatalogueReading(string File)
{
    public List<CatalogueError> Errors { get; } = [];
}
