using HomeHub.Profiles.Catalogue;

namespace HomeHub.Gateway.Catalogue;

/// <summary>
/// The files of the catalogue: those that are delivered with the program, and those of the site, which replace delivered ones of the same id. A file that
/// can't be used is reported and left out; the others count.
/// </summary>
internal static class CatalogueFiles
{
    /// <summary>Most files of a folder; some hundred models are sold.</summary>
    public const int MaxFiles = 2_000;

    /// <summary>Folder of the delivered files, beside the program.</summary>
    public static string DeliveredFolder { get; } = Path.Combine(AppContext.BaseDirectory, "catalogue");

    private const string SchemaEnding = ".schema.json";

    /// <summary>Reads the catalogue.</summary>
    /// <param name="siteFolder">The site's own folder; null for none.</param>
    /// <param name="withTexts">Whether pairing steps and sources are kept, for a person to read.</param>
    public static LoadedCatalogue Load(string? siteFolder, bool withTexts)
    {
        var entries = new Dictionary<string, CatalogueEntry>(StringComparer.Ordinal);
        var errors = new List<CatalogueError>();
        foreach (string folder in new[] { DeliveredFolder, siteFolder }.OfType<string>())
        {
            foreach (CatalogueEntry entry in ReadFolder(folder, errors))
            {
                entries[entry.Id] = withTexts ? entry : entry.WithoutTexts();
            }
        }

        CatalogueEntry[] sorted = [.. entries.Values.OrderBy(entry => entry.Kind).ThenBy(entry => entry.Id, StringComparer.Ordinal)];
        return new LoadedCatalogue(new DeviceCatalogue(sorted), errors);
    }

    /// <summary>Reads one file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">Its name in errors.</param>
    public static CatalogueReadResult Read(string path, string name)
    {
        try
        {
            return new FileInfo(path).Length <= CatalogueReader.MaxFileBytes
                ? CatalogueReader.Read(name, File.ReadAllBytes(path))
                : new CatalogueReadResult(null, [new CatalogueError(name, "", $"at most {CatalogueReader.MaxFileBytes} bytes")]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new CatalogueReadResult(null, [new CatalogueError(name, "", "a file that can be read")]);
        }
    }

    private static List<CatalogueEntry> ReadFolder(string folder, List<CatalogueError> errors)
    {
        var entries = new List<CatalogueEntry>();
        foreach (string path in ListFiles(folder, errors))
        {
            string name = Path.GetRelativePath(folder, path);
            (CatalogueEntry? entry, IReadOnlyList<CatalogueError> wrong) = Read(path, name);
            errors.AddRange(wrong);
            if (entry is not null && entries.Exists(other => other.Id == entry.Id))
            {
                errors.Add(new CatalogueError(name, "id", $"another id: {entry.Id} stands in another file of the folder"));
            }
            else if (entry is not null)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    private static string[] ListFiles(string folder, List<CatalogueError> errors)
    {
        string[] files;
        try
        {
            files = [.. Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Where(file => !file.EndsWith(SchemaEnding, StringComparison.Ordinal)).Take(MaxFiles + 1)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            errors.Add(new CatalogueError(folder, "", "a folder that can be read"));
            return [];
        }

        if (files.Length > MaxFiles)
        {
            errors.Add(new CatalogueError(folder, "", $"at most {MaxFiles} files; the others are left out"));
            files = files[..MaxFiles];
        }

        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }
}
