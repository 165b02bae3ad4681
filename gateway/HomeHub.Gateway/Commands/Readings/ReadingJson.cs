using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Sessions;

namespace HomeHub.Gateway.Commands.Readings;

/// <summary>Lines of the commands for readings with <c>--json</c>: keys are only ever added (docs/command-line.md).</summary>
internal static class ReadingJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one object and ends the line.</summary>
    public static void Write(Stream output, Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
        output.Flush();
    }

    /// <summary>What may be told of a reading without its values.</summary>
    public static void WriteRecord(Utf8JsonWriter json, BufferedReading reading)
    {
        AcquiredReading record = reading.Record;
        json.WriteNumber("id", reading.Id);
        json.WriteString("effectiveAt", Instant(record.Effective.Instant));
        json.WriteString("receivedAt", Instant(record.ReceivedAt));
        json.WriteString("kind", ReadingText.KindOf(record));
        json.WriteString("characteristic", record.Characteristic.ToString());
        json.WriteString("device", DeviceTag.Of(record.Device.Address));
    }

    /// <summary>Its values, in words.</summary>
    public static void WriteValues(Utf8JsonWriter json, AcquiredReading record)
    {
        json.WriteStartArray("values");
        foreach (string value in ReadingText.ValuesOf(record))
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    /// <summary>A time, with its offset.</summary>
    public static string Instant(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture);
}
