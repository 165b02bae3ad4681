using System.CommandLine;
using System.Globalization;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.Sessions;
using HomeHub.Gateway.Requests;
using HomeHub.Sqlite;

namespace HomeHub.Gateway.Commands.Readings;

/// <summary><c>homehub readings list</c>: a patient's readings by their numbers, for who takes one back.</summary>
internal static class ListReadingsCommand
{
    public static Command Create(CommandIo io)
    {
        Option<string?> data = HubOptions.Data(), config = HubOptions.Config();
        var patient = new Option<string?>("--patient") { Description = "Whose readings: Patient/id, or system|value.", HelpName = "PATIENT" };
        var asJson = new Option<bool>("--json") { Description = "For scripts: one JSON object a line." };
        var showValues = new Option<bool>("--show-values") { Description = "Shows the values too." };
        var command = new ExampledCommand(
            "list",
            "Lists a patient's readings, oldest first: number, time, kind, device, and whether it was taken back.",
            "homehub readings list --patient Patient/p1 --data ./data",
            "homehub readings list --patient Patient/p1 --data ./data --show-values | tail")
        {
            patient, data, asJson, showValues, config,
        };
        command.SetAction((parsed, cancellation) =>
        {
            string folder = HubOptions.RequireExistingData(parsed.GetValue(data), HubOptions.Read(parsed.GetValue(config)));
            PatientReference person = HubOptions.ReadPatient(parsed.GetValue(patient), "whose readings");
            return RunAsync(io, folder, person, parsed.GetValue(asJson), parsed.GetValue(showValues), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        CommandIo io, string folder, PatientReference patient, bool asJson, bool showValues, CancellationToken cancellation)
    {
        using SqliteBufferReader buffer = await BufferAccess.OpenReaderAsync(folder, io.Time, cancellation).ConfigureAwait(false);
        using StreamWriter text = io.OpenText();
        await foreach (BufferedReading reading in buffer.ReadHistoryAsync(patient, cancellation).ConfigureAwait(false))
        {
            if (asJson)
            {
                WriteJson(io.Out, reading, showValues);
                continue;
            }

            AcquiredReading record = reading.Record;
            string line = string.Create(
                CultureInfo.InvariantCulture,
                $"{reading.Id}  {ReadingJson.Instant(record.Effective.Instant)}  {ReadingText.KindOf(record)}  {DeviceTag.Of(record.Device.Address)}");
            string values = showValues ? $"  {string.Join(", ", ReadingText.ValuesOf(record))}" : "";
            await text.WriteLineAsync($"{line}{values}{(record.IsTakenBack ? "  (taken back)" : "")}").ConfigureAwait(false);
        }

        return ExitCodes.Done;
    }

    private static void WriteJson(Stream output, BufferedReading reading, bool showValues) => ReadingJson.Write(output, json =>
    {
        ReadingJson.WriteRecord(json, reading);
        json.WriteBoolean("takenBack", reading.Record.IsTakenBack);
        if (showValues)
        {
            ReadingJson.WriteValues(json, reading.Record);
        }
    });
}
