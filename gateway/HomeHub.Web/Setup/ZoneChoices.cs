using HomeHub.Core.Time;

namespace HomeHub.Web.Setup;

/// <summary>The time zones to choose from, by the names of the IANA database: those of the countries that the pages speak for first.</summary>
public static class ZoneChoices
{
    private static readonly string[] First = ["Europe/Madrid", "Europe/Stockholm", "Europe/Oslo", "Europe/London"];

    private static readonly Lazy<IReadOnlyList<(string Region, IReadOnlyList<(string Value, string Text)> Zones)>> Rest = new(() =>
    [
        .. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Where(id => HomeZone.Find(id) is not null && !id.StartsWith("Etc/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .GroupBy(id => id[..id.IndexOf('/', StringComparison.Ordinal)])
            .Select(region => (region.Key, (IReadOnlyList<(string, string)>)[.. region.Select(id => (id, TextOf(id)))])),
    ]);

    /// <summary>Groups of zones, each zone by its name and how it is read: those that come first under <paramref name="firstGroup"/>, then all, by region.</summary>
    public static IReadOnlyList<(string Group, IReadOnlyList<(string Value, string Text)> Choices)> Of(string firstGroup) =>
        [(firstGroup, [.. First.Where(id => HomeZone.Find(id) is not null).Select(id => (id, TextOf(id)))]), .. Rest.Value];

    /// <summary>How a zone is read: the place, without its region.</summary>
    private static string TextOf(string id) => id[(id.IndexOf('/', StringComparison.Ordinal) + 1)..].Replace('_', ' ').Replace("/", ", ", StringComparison.Ordinal);
}
