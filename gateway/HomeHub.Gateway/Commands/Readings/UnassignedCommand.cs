using System.CommandLine;
using System.Globalization;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.People;
using HomeHub.Core.Sessions;
using HomeHub.Gateway.Requests;
using HomeHub.Sqlite;

namespace HomeHub.Gateway.Commands.Readings;

/// <summary><c>homehub readings unassigned</c>: what is nobody's, and why; values only where they are asked for.</summary>
internal static class UnassignedCommand
{
    public static Command Create(CommandIo io)
    {
        Option<string?> data = HubOptions.Data(), config = HubOptions.Config();
        var asJson = new Option<bool>("--json") { Description = "For scripts: one JSON object a line." };
        var showValues = new Option<bool>("--show-values")
        {
            Description = "Shows the values too, and whom they may be of by the people's last values: a hint, not an answer.",
        };
        var command = new ExampledCommand(
            "unassigned",
            "Lists the readings that are nobody's: when, what kind, which device, why. They are kept and not sent until somebody assigns or discards them.",
            "homehub readings unassigned --data ./data",
            "homehub readings unassigned --data ./data --show-values",
            "homehub readings unassigned --data ./data --json | jq -r .reason | sort | uniq -c")
        {
            data, asJson, showValues, config,
        };
        command.SetAction((parsed, cancellation) =>
        {
            string folder = HubOptions.RequireExistingData(parsed.GetValue(data), HubOptions.Read(parsed.GetValue(config)));
            return RunAsync(io, folder, parsed.GetValue(asJson), parsed.GetValue(showValues), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandIo io, string folder, bool asJson, bool showValues, CancellationToken cancellation)
    {
        using SqliteBufferReader buffer = await BufferAccess.OpenReaderAsync(folder, io.Time, cancellation).ConfigureAwait(false);
        PersonHints? hints = showValues ? await LearnAsync(buffer, cancellation).ConfigureAwait(false) : null;
        using StreamWriter text = io.OpenText();
        long count = 0;
        await foreach (UnassignedReading unassigned in buffer.ReadUnassignedAsync(cancellation).ConfigureAwait(false))
        {
            count++;
            if (asJson)
            {
                WriteJson(io.Out, unassigned, hints);
            }
            else
            {
                await text.WriteLineAsync(LineOf(unassigned, hints)).ConfigureAwait(false);
            }
        }

        if (count == 0 && !asJson)
        {
            await text.WriteLineAsync("Every reading is somebody's.").ConfigureAwait(false);
        }

        return ExitCodes.Done;
    }

    private static async Task<PersonHints> LearnAsync(SqliteBufferReader buffer, CancellationToken cancellation)
    {
        var hints = new PersonHints();
        foreach (PatientReference patient in await buffer.ListPatientsAsync(cancellation).ConfigureAwait(false))
        {
            await foreach (BufferedReading reading in buffer.ReadHistoryAsync(patient, cancellation).ConfigureAwait(false))
            {
                hints.Note(reading.Record);
            }
        }

        return hints;
    }

    private static string LineOf(UnassignedReading unassigned, PersonHints? hints)
    {
        AcquiredReading record = unassigned.Reading.Record;
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"{unassigned.Reading.Id}  {ReadingJson.Instant(record.Effective.Instant)}  {ReadingText.KindOf(record)}  {DeviceTag.Of(record.Device.Address)}  {unassigned.Reason}");
        return hints is null
            ? line
            : $"{line}  {string.Join(", ", ReadingText.ValuesOf(record))}{(hints.Suggest(record) is { } person ? $"  (like {person.Key}'s)" : "")}";
    }

    private static void WriteJson(Stream output, UnassignedReading unassigned, PersonHints? hints) => ReadingJson.Write(output, json =>
    {
        AcquiredReading record = unassigned.Reading.Record;
        ReadingJson.WriteRecord(json, unassigned.Reading);
        json.WriteString("reason", unassigned.Reason);
        if (hints is not null)
        {
            ReadingJson.WriteValues(json, record);
            json.WriteString("like", hints.Suggest(record)?.Key);
        }
    });
}
