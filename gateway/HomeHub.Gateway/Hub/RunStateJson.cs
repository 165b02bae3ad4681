using System.Text.Json.Serialization;

namespace HomeHub.Gateway.Hub;

/// <summary>Reads and writes <see cref="RunState"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(RunState))]
internal sealed partial class RunStateJson : JsonSerializerContext;
