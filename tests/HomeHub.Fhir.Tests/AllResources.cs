using System.Text.Json;
using HomeHub.Core.Acquisition;

namespace HomeHub.Fhir.Tests;

/// <summary>The resources of all readings.</summary>
internal static class AllResources
{
    private static readonly Lazy<IReadOnlyList<(AcquiredReading Reading, Guid Id, string Json)>> Made = new(() =>
    [
        .. AllReadings.All.SelectMany(reading => Encoded.Resources(reading).Select(r => (reading, r.Id, r.Json))),
    ]);

    public static IReadOnlyList<(AcquiredReading Reading, Guid Id, string Json)> All => Made.Value;

    public static IEnumerable<JsonElement> Parsed => All.Select(resource => Encoded.Parse(resource.Json));
}
