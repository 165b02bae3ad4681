using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using HomeHub.Core.Acts;
using HomeHub.Core.Naming;
using HomeHub.Gateway.Requests;
using HomeHub.Sqlite;

namespace HomeHub.Gateway.Commands.Readings;

/// <summary><c>homehub readings acts</c>: who did what with readings, and why.</summary>
internal static class ListActsCommand
{
    public static Command Create(CommandIo io)
    {
        Option<string?> data = HubOptions.Data(), config = HubOptions.Config();
        var asJson = new Option<bool>("--json") { Description = "For scripts: one JSON object a line." };
        var command = new ExampledCommand(
            "acts",
            "Lists what persons did with readings: when, what, who, why. Acts stay when readings leave the local history.",
            "homehub readings acts --data ./data",
            "homehub readings acts --data ./data --json | jq -r 'select(.act == \"take-back\") | .by'")
        {
            data, asJson, config,
        };
        command.SetAction((parsed, cancellation) =>
        {
            string folder = HubOptions.RequireExistingData(parsed.GetValue(data), HubOptions.Read(parsed.GetValue(config)));
            return RunAsync(io, folder, parsed.GetValue(asJson), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandIo io, string folder, bool asJson, CancellationToken cancellation)
    {
        using SqliteBufferReader buffer = await BufferAccess.OpenReaderAsync(folder, io.Time, cancellation).ConfigureAwait(false);
        using StreamWriter text = io.OpenText();
        long count = 0;
        await foreach (RecordedAct act in buffer.ReadActsAsync(cancellation).ConfigureAwait(false))
        {
            count++;
            if (asJson)
            {
                ReadingJson.Write(io.Out, json => Write(json, act));
            }
            else
            {
                string after = act.Act.Patient is { } patient ? $", {patient.Key}'s now{(act.NewReading is { } given ? $" as reading {given}" : "")}" : "";
                string why = act.Act.Reason is { } reason ? $" ({reason})" : "";
                await text.WriteLineAsync($"{ReadingJson.Instant(act.Act.At)}  {NameOf(act.Act.Kind)} {act.Act.Reading.ToString(CultureInfo.InvariantCulture)}{why}{after}, by {act.Act.Who}")
                    .ConfigureAwait(false);
            }
        }

        if (count == 0 && !asJson)
        {
            await text.WriteLineAsync("Nobody has done anything with a reading yet.").ConfigureAwait(false);
        }

        return ExitCodes.Done;
    }

    private static void Write(Utf8JsonWriter json, RecordedAct act)
    {
        json.WriteString("at", ReadingJson.Instant(act.Act.At));
        json.WriteString("act", NameOf(act.Act.Kind));
        json.WriteNumber("reading", act.Act.Reading);
        json.WriteString("by", act.Act.Who);
        json.WriteString("reason", act.Act.Reason);
        json.WriteString("before", act.Before.IsNobody ? null : act.Before.Key);
        json.WriteString("patient", act.Act.Patient?.Key);
        if (act.NewReading is { } given)
        {
            json.WriteNumber("newReading", given);
        }
        else
        {
            json.WriteNull("newReading");
        }

        json.WriteString("id", act.Act.Id);
    }

    private static string NameOf(ActKind kind) => KebabName.Of(kind);
}
