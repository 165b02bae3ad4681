using System.Text.Json;
using System.Text.Json.Serialization;
using HomeHub.Core.Identity;
using HomeHub.Profiles;

namespace HomeHub.Sqlite;

/// <summary>Devices and contexts as compact JSON: what is not known is left out. Fields that a newer program added are passed over.</summary>
[JsonSourceGenerationOptions(
    Converters = [typeof(UuidJson)],
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    IgnoreReadOnlyProperties = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DeviceDescriptor))]
[JsonSerializable(typeof(SessionContext))]
internal sealed partial class JsonTexts : JsonSerializerContext
{
    /// <summary>A device as text.</summary>
    public static string Write(DeviceDescriptor device) => JsonSerializer.Serialize(device, Default.DeviceDescriptor);

    /// <summary>A context as text.</summary>
    public static string Write(SessionContext context) => JsonSerializer.Serialize(context, Default.SessionContext);

    /// <summary>A device from its text.</summary>
    public static DeviceDescriptor ReadDevice(string text) => JsonSerializer.Deserialize(text, Default.DeviceDescriptor)!;

    /// <summary>A context from its text.</summary>
    public static SessionContext ReadContext(string text) => JsonSerializer.Deserialize(text, Default.SessionContext)!;
}
