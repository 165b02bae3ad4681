using System.Text.Json;
using System.Text.Json.Serialization;

namespace HomeHub.Simulation.Household;

/// <summary>
/// How household files are read: an unknown key is an error, so that a misspelt one is not silently the default. By reflection, because
/// generated readers lose the defaults of init-only properties.
/// </summary>
internal static class HouseholdJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };
}
