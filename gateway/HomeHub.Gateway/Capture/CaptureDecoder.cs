using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Capture;
using HomeHub.Core.Delivery;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Profiles;

namespace HomeHub.Gateway.Capture;

/// <summary>Decodes capture lines: one line of JSON for each, resources or an error. Not safe for several threads.</summary>
internal sealed class CaptureDecoder
{
    /// <summary>Most connections of a capture that are open at a time.</summary>
    public const int MaxOpenSessions = 65_536;

    private static readonly JsonWriterOptions ErrorOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IBundleEncoder _encoder;
    private readonly OpenSessions _sessions = new(HubZone.OfReception, MaxOpenSessions);
    private readonly HashSet<Guid> _written = [];
    private readonly Action<Guid, ReadOnlyMemory<byte>> _write;
    private IBufferWriter<byte> _output = new ArrayBufferWriter<byte>();

    public CaptureDecoder(IBundleEncoder encoder)
    {
        _encoder = encoder;
        _write = WriteResource;
    }

    /// <summary>Decodes line <paramref name="number"/> and writes what it gave, its line feed included.</summary>
    public void Decode(ReadOnlyMemory<byte> line, int number, IBufferWriter<byte> output)
    {
        SourceItem item = CaptureLine.Parse(line, number);
        if (item.Payload is not { } payload)
        {
            CaptureError error = item.Error!.Value;
            WriteError(output, error.Code, error.Characteristic, error.Field, error.Offset, error.Message);
            return;
        }

        if (!payload.IsDecoded)
        {
            output.Write("{\"resources\":[],\"error\":null}\n"u8);
            return;
        }

        SessionOutcome outcome = _sessions.Of(payload).Accept(payload.Payload);
        if (outcome.Rejected is { Error: var rejected })
        {
            WriteError(output, rejected.Code, rejected.Characteristic, rejected.Field, rejected.Offset, DecodeMessages.Of(rejected));
            return;
        }

        _output = output;
        _written.Clear();
        output.Write("{\"resources\":["u8);
        foreach (AcquiredReading reading in outcome.Readings)
        {
            _encoder.EncodeResources(HubIdentity.OfTools, reading, _write);
        }

        output.Write("],\"error\":null}\n"u8);
    }

    /// <summary>Records of one notification share their Device and Coincident Timestamp: each is listed once.</summary>
    private void WriteResource(Guid id, ReadOnlyMemory<byte> json)
    {
        if (!_written.Add(id))
        {
            return;
        }

        if (_written.Count > 1)
        {
            _output.Write(","u8);
        }

        _output.Write(json.Span);
    }

    private static void WriteError(
        IBufferWriter<byte> output, DecodeErrorCode code, BluetoothUuid? characteristic, string field, int offset, string message)
    {
        output.Write("{\"resources\":[],\"error\":"u8);
        using (var json = new Utf8JsonWriter(output, ErrorOptions))
        {
            json.WriteStartObject();
            json.WriteString("code", code.ToWire());
            json.WriteString("characteristic", characteristic?.ToString());
            json.WriteString("field", field);
            json.WriteNumber("offset", offset);
            json.WriteString("message", message);
            json.WriteEndObject();
        }

        output.Write("}\n"u8);
    }
}
