using System.Globalization;

namespace HomeHub.Web.Setup;

/// <summary>That a step was done, as it is kept among the household's settings.</summary>
/// <param name="At">When; null where the hub did not know the time.</param>
/// <param name="Who">Who did it: a role of the pages.</param>
public sealed record SetupMark(DateTimeOffset? At, string Who)
{
    private const string NoTime = "-";

    /// <summary>Name of the setting that keeps a step's mark.</summary>
    public static string KeyOf(SetupStep step) => $"setup.{SetupPages.SlugOf(step)}";

    /// <summary>Reads a setting; null when it is not there, or not a mark.</summary>
    public static SetupMark? Read(string? setting)
    {
        string[] parts = setting?.Split(' ', 2) ?? [];
        return parts.Length != 2 ? null
            : parts[0] == NoTime ? new SetupMark(null, parts[1])
            : DateTimeOffset.TryParseExact(parts[0], "o", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset at) ? new SetupMark(at, parts[1])
            : null;
    }

    /// <summary>The setting.</summary>
    public string Write() => $"{At?.ToUniversalTime().ToString("o", CultureInfo.InvariantCulture) ?? NoTime} {Who}";
}
