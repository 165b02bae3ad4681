using System.CommandLine;
using System.Globalization;
using HomeHub.Core.Identity;
using HomeHub.Gateway.Configuration;
using HomeHub.Sqlite;

namespace HomeHub.Gateway.Commands;

/// <summary>Options that several commands share, and how they and the configuration file come together: options win.</summary>
internal static class HubOptions
{
    private static readonly string[] TimeForms = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK"];

    /// <summary>Variable of the environment that names the configuration file where <c>--config</c> does not: an installed hub sets it, so that commands find its data by themselves.</summary>
    public const string ConfigVariable = "HOMEHUB_CONFIG";

    public static Option<string?> Data() => new("--data") { Description = "Folder of the buffer (key data).", HelpName = "DIR" };

    public static Option<string?> Config() => new("--config") { Description = "Configuration file, JSON (docs/configuration.md).", HelpName = "FILE" };

    /// <summary>What a time zone has to be.</summary>
    public const string TimeZoneForm = "the home's time zone, as Europe/Madrid, or system for that of the computer";

    /// <summary>The home's time zone.</summary>
    public static Option<string?> TimeZone() => new("--time-zone")
    {
        Description = "The home's time zone, as Europe/Madrid, or system for that of the computer (key timeZone). Without it nothing that devices tell is sent.",
        HelpName = "ZONE",
    };

    /// <summary>The time zone of a name; null when there is none.</summary>
    public static TimeZoneInfo? FindTimeZone(string name) =>
        name == "system" ? TimeZoneInfo.Local : TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) ? zone : null;

    /// <summary>The configuration of the file, if one is named: by the option, or by <see cref="ConfigVariable"/>.</summary>
    public static HubConfiguration Read(string? configFile) =>
        (configFile ?? Environment.GetEnvironmentVariable(ConfigVariable)) is { Length: > 0 } file ? ConfigurationFile.Read(file) : new HubConfiguration();

    /// <summary>The data folder, as a full path.</summary>
    public static string RequireData(string? option, HubConfiguration configuration) =>
        Path.GetFullPath(option ?? configuration.Data ?? throw new UsageException("--data DIR is missing (or the configuration key data)."));

    /// <summary>The data folder, which must hold a buffer already.</summary>
    public static string RequireExistingData(string? option, HubConfiguration configuration)
    {
        string folder = RequireData(option, configuration);
        return !Directory.Exists(folder) ? throw new UsageException($"--data: there is no folder {folder}. homehub run makes it at the first start.")
            : HistoryMoves.IsWaiting(folder) ? throw new CommandFailedException("The history of another hub is being put in place. homehub run brings that to its end.")
            : folder;
    }

    /// <summary>A data folder whose history has not moved to another hub: one that has is not changed any more.</summary>
    public static string RequireLiving(string folder) => HistoryMoves.ReadMoved(folder) is { } hub
        ? throw new CommandFailedException(string.Create(
            CultureInfo.InvariantCulture, $"The history of this hub moved to another one on {hub.At:yyyy-MM-dd}. See: homehub move --help"))
        : folder;

    /// <summary>The opposite.</summary>
    public static void RequireMoved(string folder)
    {
        if (HistoryMoves.ReadMoved(folder) is null)
        {
            throw new CommandFailedException("The history of this hub has not moved.");
        }
    }

    /// <summary>The person who is named.</summary>
    /// <param name="key">What was said.</param>
    /// <param name="whose">What of theirs is asked for, for the message.</param>
    /// <exception cref="UsageException">Nobody is.</exception>
    public static PatientReference ReadPatient(string? key, string whose = "whose it is") => PatientReference.TryParse(key, out PatientReference? patient)
        ? patient!
        : throw new UsageException($"--patient must say {whose}: Patient/id, or system|value.");

    /// <summary>Reads a date, which begins where the clock on the wall says so, or a time as <see cref="TryReadTime"/> does.</summary>
    public static bool TryReadDayOrTime(string text, TimeProvider clock, out DateTimeOffset time)
    {
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
        {
            return TryReadTime(text, out time);
        }

        DateTime midnight = day.ToDateTime(TimeOnly.MinValue);
        time = new DateTimeOffset(midnight, clock.LocalTimeZone.GetUtcOffset(midnight));
        return true;
    }

    /// <summary>Reads a time to the minute or second that says its offset from UTC; one without would be another instant elsewhere.</summary>
    public static bool TryReadTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out time)
        && text.AsSpan("yyyy-MM-dd".Length).IndexOfAny('Z', '+', '-') >= 0;
}
