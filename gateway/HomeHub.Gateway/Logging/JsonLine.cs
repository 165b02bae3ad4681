using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Logging;

/// <summary>A log event as a JSON object: time, level, category, message, and the message's named parts.</summary>
internal static class JsonLine
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(DateTimeOffset at, LogLevel level, string category, string message, object? state, Exception? exception, int leftOut = 0)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("time", at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("level", LineLoggerFactory.NameOf(level));
            json.WriteString("category", category);
            json.WriteString("message", message);
            WriteParts(json, state);
            if (exception is not null)
            {
                json.WriteString("exception", $"{exception.GetType().Name}: {exception.Message}");
            }

            if (leftOut > 0)
            {
                json.WriteNumber("leftOut", leftOut);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void WriteParts(Utf8JsonWriter json, object? state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> parts)
        {
            return;
        }

        foreach ((string name, object? value) in parts)
        {
            if (name == "{OriginalFormat}")
            {
                continue;
            }

            string key = char.ToLowerInvariant(name[0]) + name[1..];
            if (value is int or long)
            {
                json.WriteNumber(key, Convert.ToInt64(value, CultureInfo.InvariantCulture));
            }
            else
            {
                json.WriteString(key, Convert.ToString(value, CultureInfo.InvariantCulture));
            }
        }
    }
}
