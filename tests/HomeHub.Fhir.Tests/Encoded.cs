using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Delivery;

namespace HomeHub.Fhir.Tests;

/// <summary>What the encoder wrote, for tests to look at.</summary>
internal static partial class Encoded
{
    /// <summary>All resources of a reading, Device first.</summary>
    public static List<(Guid Id, string Json)> Resources(AcquiredReading reading, FhirEncoder? encoder = null)
    {
        List<(Guid, string)> resources = [];
        (encoder ?? Samples.Encoder).EncodeResources(
            Samples.Hub, reading, (id, json) => resources.Add((id, Encoding.UTF8.GetString(json.Span))));
        return resources;
    }

    /// <summary>The measurement Observations of a reading, parsed.</summary>
    public static JsonElement[] Observations(AcquiredReading reading) =>
        [.. Resources(reading).Select(r => Parse(r.Json)).Where(IsMeasurement)];

    /// <summary>The one measurement Observation of a reading.</summary>
    public static JsonElement Observation(AcquiredReading reading) => Assert.Single(Observations(reading));

    public static (EncodedBundle Bundle, string Json) Bundle(IReadOnlyList<AcquiredReading> readings, params Guid[] devices)
    {
        var output = new ArrayBufferWriter<byte>();
        EncodedBundle bundle = Samples.Encoder.EncodeBundle(Samples.Hub, readings, devices.ToHashSet(), output);
        return (bundle, Encoding.UTF8.GetString(output.WrittenSpan));
    }

    public static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    public static string Profile(JsonElement resource)
    {
        string url = Assert.Single(resource.GetProperty("meta").GetProperty("profile").EnumerateArray()).GetString()!;
        return url[(url.LastIndexOf('/') + 1)..];
    }

    public static bool IsMeasurement(JsonElement resource) =>
        resource.GetProperty("resourceType").GetString() == "Observation" && Profile(resource) != "PhdCoincidentTimeStampObservation";

    /// <summary>JSON without the white space between its tokens; everything else, number texts too, as it stands.</summary>
    public static string Compact(string json) => BetweenTokens().Replace(json, match => match.Groups[1].Value);

    [GeneratedRegex("""("(?:[^"\\]|\\.)*")|\s+""")]
    private static partial Regex BetweenTokens();
}
