using System.CommandLine;
using HomeHub.Gateway.Catalogue;
using HomeHub.Profiles.Catalogue;

namespace HomeHub.Gateway.Commands.Catalogue;

/// <summary>What the commands that use the catalogue share.</summary>
internal static class CatalogueOptions
{
    private const string DefaultLanguage = "en";

    public static Option<string> Language() => new("--language")
    {
        Description = $"Language of the pairing steps: {string.Join(", ", CatalogueNames.Languages)}.", HelpName = "LANGUAGE", DefaultValueFactory = _ => DefaultLanguage,
    };

    /// <summary>The language, when the catalogue has it.</summary>
    /// <exception cref="UsageException">It does not.</exception>
    public static string ReadLanguage(string text) => CatalogueNames.Languages.Contains(text)
        ? text
        : throw new UsageException($"--language must be one of {string.Join(", ", CatalogueNames.Languages)}.");

    /// <summary>The catalogue with its texts. What can't be read of it is told on standard error and left out.</summary>
    public static async Task<DeviceCatalogue> LoadAsync(CommandIo io, string? siteFolder)
    {
        LoadedCatalogue loaded = CatalogueFiles.Load(siteFolder, withTexts: true);
        foreach (CatalogueError error in loaded.Errors)
        {
            await io.Error.WriteLineAsync($"Catalogue: {error}. The file is left out.").ConfigureAwait(false);
        }

        return loaded.Models;
    }
}
