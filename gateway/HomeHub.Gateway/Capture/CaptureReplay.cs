using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Capture;
using HomeHub.Core.Time;
using HomeHub.Profiles;

namespace HomeHub.Gateway.Capture;

/// <summary>
/// Plays a capture through acquisition sessions: a line of JSON for each record, and one for each line that was not understood. What tells of the connection
/// only gives none. The same capture gives the same bytes.
/// </summary>
internal static class CaptureReplay
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Plays a capture.</summary>
    /// <param name="capture">Capture lines.</param>
    /// <param name="output">Gets the lines.</param>
    /// <param name="flush">Called after each line of the capture: hands on what was written, where it is worth it.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task RunAsync(Stream capture, IBufferWriter<byte> output, Func<ValueTask> flush, CancellationToken cancellation)
    {
        var sessions = new OpenSessions(HubZone.OfReception, CaptureDecoder.MaxOpenSessions);
        var lines = new Utf8LineReader(capture);
        for (int number = 1; await lines.ReadAsync(cancellation).ConfigureAwait(false) is { } line; number++)
        {
            Play(CaptureLine.Parse(line, number), sessions, output);
            await flush().ConfigureAwait(false);
        }
    }

    private static void Play(SourceItem item, OpenSessions sessions, IBufferWriter<byte> output)
    {
        if (item.Error is { } error)
        {
            WriteError(output, item.Line, error.Characteristic, error.Code, error.Field, error.Offset);
        }

        if (item.Payload is not { IsDecoded: true } payload)
        {
            return;
        }

        SessionOutcome outcome = sessions.Of(payload).Accept(payload.Payload);
        if (outcome.Rejected is { Error: var rejected })
        {
            WriteError(output, item.Line, rejected.Characteristic, rejected.Code, rejected.Field, rejected.Offset);
        }

        foreach (AcquiredReading reading in outcome.Readings)
        {
            using (var json = new Utf8JsonWriter(output, Options))
            {
                json.WriteStartObject();
                json.WriteNumber("line", item.Line);
                ReadingJson.Write(json, reading);
                json.WriteEndObject();
            }

            output.Write("\n"u8);
        }
    }

    private static void WriteError(IBufferWriter<byte> output, int line, BluetoothUuid? characteristic, DecodeErrorCode code, string field, int offset)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("line", line);
            json.WriteString("characteristic", characteristic?.ToString());
            json.WriteStartObject("error");
            json.WriteString("code", code.ToWire());
            json.WriteString("field", field);
            json.WriteNumber("offset", offset);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }
}
