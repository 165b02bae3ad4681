using System.Text.Json;
using System.Text.Json.Serialization;

namespace HomeHub.Simulation.Household;

/// <summary>Kebab-case names of <see cref="DeviceKind"/>, and nothing else (no numbers).</summary>
internal sealed class DeviceKindConverter() : JsonStringEnumConverter<DeviceKind>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false);
