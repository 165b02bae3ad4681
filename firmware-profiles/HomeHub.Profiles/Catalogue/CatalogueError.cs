namespace HomeHub.Profiles.Catalogue;

/// <summary>What is wrong with a file of the catalogue.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Key">Key at fault, by its path: <c>recognition.names[0]</c>; empty for the file as a whole.</param>
/// <param name="Expected">What is expected there.</param>
public sealed record CatalogueError(string File, string Key, string Expected)
{
    /// <summary>One line for a person.</summary>
    public override string ToString() => Key.Length == 0 ? $"{File}: {Expected}" : $"{File}: {Key}: {Expected}";
}
