using System.Text.Json;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Profiles;

namespace HomeHub.Core.Capture;

/// <summary>
/// A line of a capture (NDJSON): one payload and where it came from. Fields that are not known are passed over, so that a capture may carry
/// notes. Bad lines give an error with the field's path; nothing throws.
/// </summary>
public static class CaptureLine
{
    /// <summary>Longest line, in bytes; longer ones are refused unread.</summary>
    public const int MaxLineBytes = 64 * 1024;

    /// <summary>Longest device text and session name, in characters.</summary>
    public const int MaxTextChars = 256;

    /// <summary>Reads one line of UTF-8.</summary>
    public static SourceItem Parse(ReadOnlyMemory<byte> utf8, int line)
    {
        if (utf8.Length > MaxLineBytes)
        {
            return Bad(DecodeErrorCode.InvalidLine, $"The line is longer than {MaxLineBytes} bytes.", line);
        }

        try
        {
            using var document = JsonDocument.Parse(utf8);
            return Read(document.RootElement, line);
        }
        catch (JsonException e)
        {
            return Bad(DecodeErrorCode.NotJson, "The line is not JSON.", line, (int)(e.BytePositionInLine ?? 0));
        }
        catch (InvalidOperationException)
        {
            // Text that is no valid Unicode (a lone surrogate) is found only when it is read.
            return Bad(DecodeErrorCode.NotJson, "The line holds text that is not valid Unicode.", line);
        }
    }

    private static SourceItem Read(JsonElement root, int line)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return Bad(DecodeErrorCode.InvalidLine, "The line is not a JSON object.", line);
        }

        var fields = new CaptureFields(root);
        BluetoothUuid service = fields.Uuid("service");
        BluetoothUuid characteristic = fields.Uuid("characteristic");
        byte[] octets = fields.Octets("hex");
        DateTimeOffset receivedAt = fields.Instant("receivedAt");
        PatientReference? patient = fields.Patient("patient");
        string? session = fields.OptionalText("session");
        CaptureOperation operation = fields.Operation("operation");
        DeviceDescriptor? device = ReadDevice(fields.Object("device"), out ClockCheck? clock, out CaptureError? deviceError);
        if ((fields.Error ?? deviceError) is { } error)
        {
            return new SourceItem(null, error with { Characteristic = characteristic == default ? null : characteristic }, line);
        }

        var payload = new IncomingPayload(service, characteristic, octets, receivedAt);
        return new SourceItem(new DevicePayload(session, patient!, device!, clock, payload) { Operation = operation }, null, line);
    }

    private static DeviceDescriptor? ReadDevice(CaptureFields? found, out ClockCheck? clock, out CaptureError? error)
    {
        clock = null;
        error = null;
        if (found is not { } fields)
        {
            return null;
        }

        var device = new DeviceDescriptor
        {
            Address = fields.Address("address"),
            AddressType = fields.AddressType("addressType"),
            Information = new DeviceInformation
            {
                SystemId = fields.SystemId("systemId"),
                Manufacturer = fields.OptionalText("manufacturer"),
                Model = fields.OptionalText("model"),
                Serial = fields.OptionalText("serial"),
                Firmware = fields.OptionalText("firmware"),
                Hardware = fields.OptionalText("hardware"),
                Software = fields.OptionalText("software"),
            },
        };
        if (fields.OptionalObject("clock") is { } read)
        {
            PhdTimestamp deviceTime = read.DeviceTime("deviceTime");
            DateTimeOffset readAt = read.Instant("readAt");
            clock = new ClockCheck(readAt, deviceTime.TryGetLocal(out _) ? deviceTime : null);
            device = device with { HasReadableClock = true };
            error = read.Error;
        }

        error = fields.Error ?? error;
        return device;
    }

    private static SourceItem Bad(DecodeErrorCode code, string message, int line, int offset = 0) =>
        new(null, new CaptureError(code, CaptureError.WholeLine, message, offset), line);
}
