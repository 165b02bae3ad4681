using System.Text.Json.Serialization;

namespace HomeHub.Gateway.Requests;

/// <summary>Reads and writes requests and answers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReadingRequest))]
[JsonSerializable(typeof(ReadingAnswer))]
internal sealed partial class RequestJson : JsonSerializerContext;
