using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Profiles;

namespace HomeHub.Core.Capture;

/// <summary>Writes payloads as capture lines (NDJSON), so that what a source gave can be replayed. The mirror of the line parser.</summary>
public static class CaptureLineWriter
{
    /// <summary>A plus is a plus: people read these lines.</summary>
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";

    /// <summary>Writes one line, its line feed included.</summary>
    public static void Write(DevicePayload payload, IBufferWriter<byte> output)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteString("service", payload.Payload.Service.ToString());
            json.WriteString("characteristic", payload.Payload.Characteristic.ToString());
            json.WriteString("hex", Convert.ToHexString(payload.Payload.Octets.Span));
            json.WriteString("receivedAt", Instant(payload.Payload.ReceivedAt));
            json.WriteString("patient", payload.Patient.Key);
            WriteOptional(json, "session", payload.Session);
            WriteOptional(json, "operation", payload.Operation.ToWire());
            WriteDevice(json, payload.Device, payload.Clock);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static void WriteDevice(Utf8JsonWriter json, DeviceDescriptor device, ClockCheck? clock)
    {
        json.WriteStartObject("device");
        json.WriteString("address", device.Address);
        if (device.AddressType == AddressType.Random)
        {
            json.WriteString("addressType", "random");
        }

        WriteOptional(json, "systemId", device.Information.SystemId is { } id ? OctetsAsRead(id) : null);
        WriteOptional(json, "manufacturer", device.Information.Manufacturer);
        WriteOptional(json, "model", device.Information.Model);
        WriteOptional(json, "serial", device.Information.Serial);
        WriteOptional(json, "firmware", device.Information.Firmware);
        WriteOptional(json, "hardware", device.Information.Hardware);
        WriteOptional(json, "software", device.Information.Software);
        if (clock is not null)
        {
            json.WriteStartObject("clock");
            json.WriteString("deviceTime", DeviceTime(clock.DeviceTime));
            json.WriteString("readAt", Instant(clock.ReadAt));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>The EUI-64 as 2A23 is read: least significant octet first.</summary>
    private static string OctetsAsRead(string eui64)
    {
        byte[] octets = Convert.FromHexString(eui64);
        Array.Reverse(octets);
        return Convert.ToHexString(octets);
    }

    /// <summary>What a device's clock showed, with its offset where it has one. One that showed no date is written as zeros, which are read as just that.</summary>
    public static string DeviceTime(PhdTimestamp? shown)
    {
        PhdTimestamp time = shown ?? default;
        int minutes = 15 * Math.Abs((int)time.OffsetQuarters.GetValueOrDefault());
        return time.OffsetQuarters is { } quarters
            ? string.Create(CultureInfo.InvariantCulture, $"{time}{(quarters < 0 ? '-' : '+')}{minutes / 60:D2}:{minutes % 60:D2}")
            : time.ToString();
    }

    private static string Instant(DateTimeOffset instant) => instant.ToString(InstantFormat, CultureInfo.InvariantCulture);

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
