using System.Text.Json.Serialization;

namespace HomeHub.Sqlite;

/// <summary>Reads and writes <see cref="HeldRow"/>.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(HeldRow))]
internal sealed partial class HeldRowJson : JsonSerializerContext;
