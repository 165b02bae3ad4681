using System.Text.Json;
using System.Text.Json.Serialization;
using HomeHub.Profiles;

namespace HomeHub.Sqlite;

/// <summary>A Bluetooth UUID within a device's JSON: a number where 16 bits stand for it, as ever, else text.</summary>
internal sealed class UuidJson : JsonConverter<BluetoothUuid>
{
    /// <inheritdoc/>
    public override BluetoothUuid Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetUInt16(out ushort value))
        {
            return value;
        }

        return reader.TokenType == JsonTokenType.String && BluetoothUuid.TryParse(reader.GetString(), out BluetoothUuid uuid)
            ? uuid
            : throw new JsonException("No Bluetooth UUID.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, BluetoothUuid value, JsonSerializerOptions options)
    {
        if (value.Short is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(value.ToString());
        }
    }
}
