using System.CommandLine;
using HomeHub.Gateway.Configuration;

namespace HomeHub.Gateway.Commands;

/// <summary>Options that several commands share, and how they and the configuration file come together: options win.</summary>
internal static class HubOptions
{
    public static Option<string?> Data() => new("--data") { Description = "Folder of the buffer (key data).", HelpName = "DIR" };

    public static Option<string?> Config() => new("--config") { Description = "Configuration file, JSON (docs/configuration.md).", HelpName = "FILE" };

    /// <summary>The configuration of the file, if one is named.</summary>
    public static HubConfiguration Read(string? configFile) => configFile is null ? new HubConfiguration() : ConfigurationFile.Read(configFile);

    /// <summary>The data folder, as a full path.</summary>
    public static string RequireData(string? option, HubConfiguration configuration) =>
        Path.GetFullPath(option ?? configuration.Data ?? throw new UsageException("--data DIR is missing (or the configuration key data)."));

    /// <summary>The data folder, which must hold a buffer already.</summary>
    public static string RequireExistingData(string? option, HubConfiguration configuration)
    {
        string folder = RequireData(option, configuration);
        return Directory.Exists(folder)
            ? folder
            : throw new UsageException($"--data: there is no folder {folder}. homehub run makes it at the first start.");
    }
}
