using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using HomeHub.Core.Buffering;
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
        using SqliteBufferReader buffer = SqliteBufferReader.Open(folder);
        IReadOnlyList<QuarantinedPayload> payloads = await buffer.ListQuarantineAsync(cancellation).ConfigureAwait(false);
        using StreamWriter text = io.OpenText();
        foreach (QuarantinedPayload payload in payloads)
        {
            string at = payload.ReceivedAt.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture);
            string characteristic = payload.Characteristic.ToString();
            if (asJson)
            {
                await text.FlushAsync(cancellation).ConfigureAwait(false);
                WriteJson(io.Out, payload, at, characteristic);
            }
            else
            {
                await text.WriteLineAsync($"{at}  {payload.Code}  {characteristic}  {payload.Field}, offset {payload.Offset}").ConfigureAwait(false);
            }
        }

        if (payloads.Count == 0 && !asJson)
        {
            await text.WriteLineAsync("Nothing is in quarantine.").ConfigureAwait(false);
        }

        return ExitCodes.Done;
    }

    private static void WriteJson(Stream output, QuarantinedPayload payload, string at, string characteristic)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("receivedAt", at);
            json.WriteString("code", payload.Code);
            json.WriteString("characteristic", characteristic);
            json.WriteString("field", payload.Field);
            json.WriteNumber("offset", payload.Offset);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }
}
