using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Capture;
using HomeHub.Gateway.Requests;
using HomeHub.Sqlite;

namespace HomeHub.Gateway.Commands;

/// <summary><c>homehub quarantine list</c>: what was not understood, and why; never an octet, a device or a patient.</summary>
internal static class QuarantineCommand
{
    public static Command Create(CommandIo io)
    {
        Option<string?> data = HubOptions.Data(), config = HubOptions.Config();
        var asJson = new Option<bool>("--json") { Description = "One JSON object a line, for scripts." };
        var list = new ExampledCommand(
            "list",
            "Lists the payloads that were not understood: time, error code, characteristic, field, offset.",
            "homehub quarantine list --data ./data",
            "homehub quarantine list --data ./data --json | jq -r .code | sort | uniq -c")
        {
            data, asJson, config,
        };
        list.SetAction((parsed, cancellation) =>
        {
            string folder = HubOptions.RequireExistingData(parsed.GetValue(data), HubOptions.Read(parsed.GetValue(config)));
            return ListAsync(io, folder, parsed.GetValue(asJson), cancellation);
        });
        return new ExampledCommand(
            "quarantine",
            "Payloads that were not understood and are kept for a mended decoder.",
            "homehub quarantine list --data ./data")
        {
            list,
        };
    }

    private static async Task<int> ListAsync(CommandIo io, string folder, bool asJson, CancellationToken cancellation)
    {
        using SqliteBufferReader buffer = await BufferAccess.OpenReaderAsync(folder, io.Time, cancellation).ConfigureAwait(false);
        using StreamWriter text = io.OpenText();
        bool isEmpty = true;
        await foreach (QuarantinedPayload payload in buffer.ReadQuarantineAsync(cancellation).ConfigureAwait(false))
        {
            isEmpty = false;
            string? at = payload.ReceivedAt?.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture);
            string characteristic = payload.Characteristic.ToString();
            if (asJson)
            {
                await text.FlushAsync(cancellation).ConfigureAwait(false);
                WriteJson(io.Out, payload, at, characteristic);
            }
            else
            {
                await text.WriteLineAsync($"{at ?? "time not known"}  {payload.Code}  {characteristic}  {payload.Field}, offset {payload.Offset}").ConfigureAwait(false);
            }
        }

        if (isEmpty && !asJson)
        {
            await text.WriteLineAsync("Nothing is in quarantine.").ConfigureAwait(false);
        }

        return ExitCodes.Done;
    }

    /// <summary>What the time of a payload can be worked out from: the start of the system that it came in, and what the device's clock showed.</summary>
    private static void WriteUnplaced(Utf8JsonWriter json, UnplacedTime unplaced)
    {
        json.WriteString("boot", unplaced.Taken.BootId);
        json.WriteNumber("uptimeSeconds", unplaced.Taken.Uptime.TotalSeconds);
        if (unplaced.DeviceTime is { } shown)
        {
            json.WriteString("deviceClock", CaptureLineWriter.DeviceTime(shown));
        }

        if (unplaced.DeviceTimeRead is { } read)
        {
            json.WriteNumber("deviceClockUptimeSeconds", read.TotalSeconds);
        }
    }

    private static void WriteJson(Stream output, QuarantinedPayload payload, string? at, string characteristic)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("receivedAt", at);
            json.WriteString("code", payload.Code);
            json.WriteString("characteristic", characteristic);
            json.WriteString("field", payload.Field);
            json.WriteNumber("offset", payload.Offset);
            if (payload.Unplaced is { } unplaced)
            {
                WriteUnplaced(json, unplaced);
            }

            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }
}
