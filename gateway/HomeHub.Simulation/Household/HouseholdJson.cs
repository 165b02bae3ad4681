using System.Text.Json;
using System.Text.Json.Serialization;

namespace HomeHub.Simulation.Household;

/// <summary>Reads household files; an unknown key is an error, so that a misspelt one is not silently the default.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    Converters = [typeof(DeviceKindConverter), typeof(AddressTypeConverter)])]
[JsonSerializable(typeof(HouseholdDescription))]
internal sealed partial class HouseholdJson : JsonSerializerContext;
