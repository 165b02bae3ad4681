using HomeHub.Profiles.Catalogue;

namespace HomeHub.Profiles.Tests.Catalogue;

/// <summary>The files of the catalogue in the source tree.</summary>
internal static class CatalogueFolder
{
    public static string Root { get; } = FindRoot();

    public static string Folder { get; } = Path.Combine(Root, "firmware-profiles", "catalogue");

    /// <summary>Paths from the folder, sorted.</summary>
    public static IReadOnlyList<string> Files { get; } =
    [
        .. Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/'))
            .Where(file => !file.EndsWith(".schema.json", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Every entry.</summary>
    public static IReadOnlyList<CatalogueEntry> Entries { get; } = [.. Files.Select(Read)];

    public static CatalogueEntry Read(string file)
    {
        CatalogueReadResult result = CatalogueReader.Read(file, Bytes(file));
        Assert.True(result.Entry is not null, string.Join('\n', result.Errors));
        return result.Entry;
    }

    public static byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(Folder, file));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "HomeHub.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("HomeHub.sln is in no folder above the tests.");
    }
}
