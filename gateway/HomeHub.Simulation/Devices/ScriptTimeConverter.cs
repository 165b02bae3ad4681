using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HomeHub.Simulation.Devices;

/// <summary>Reads <c>07:00</c> as a time of day and <c>00:10:00</c> or <c>1.00:00:00</c> as a time from the start.</summary>
internal sealed class ScriptTimeConverter : JsonConverter<ScriptTime>
{
    public override ScriptTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time))
        {
            return ScriptTime.Daily(time.ToTimeSpan());
        }

        return text.Count(':'.Equals) == 2 && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out TimeSpan span)
            ? ScriptTime.FromStart(span)
            : throw new JsonException("Not a time of day, hh:mm, nor a time from the start, hh:mm:ss.");
    }

    public override void Write(Utf8JsonWriter writer, ScriptTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value.ToString(value.IsTimeOfDay ? @"hh\:mm" : "c", CultureInfo.InvariantCulture));
}
