using System.Text.Json;

namespace HomeHub.Core.Naming;

/// <summary>The name of a value as it stands in JSON, in addresses and as the key of a text: <c>TimeNotKnown</c> is <c>time-not-known</c>.</summary>
public static class KebabName
{
    /// <summary>The name of one.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
