using System.CommandLine;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Export;
using HomeHub.Core.Identity;
using HomeHub.Gateway.Hub;
using HomeHub.Gateway.Requests;
using HomeHub.Sqlite;

namespace HomeHub.Gateway.Commands;

/// <summary><c>homehub export</c>: a patient's readings, for the patient.</summary>
internal static class ExportCommand
{
    public static Command Create(CommandIo io)
    {
        Option<string?> data = HubOptions.Data(), config = HubOptions.Config();
        var patient = new Option<string?>("--patient") { Description = "Whose readings: Patient/ID or SYSTEM|VALUE. Not needed where there is one patient.", HelpName = "P" };
        var room = new Option<bool>("--room") { Description = "The readings of the room where the hub stands, in place of a patient's." };
        var format = new Option<string>("--format") { Description = "fhir or csv.", HelpName = "FORMAT", DefaultValueFactory = _ => "fhir" };
        format.AcceptOnlyFromAmong("fhir", "csv");
        var command = new ExampledCommand(
            "export",
            "Writes a patient's readings to standard output, or those of the room: a FHIR collection Bundle, or CSV. Works beside a running hub.",
            "homehub export --data ./data > readings.json",
            "homehub export --data ./data --patient Patient/p1 --format csv > readings.csv",
            "homehub export --data ./data --room --format csv > room.csv")
        {
            data, patient, room, format, config,
        };
        command.SetAction((parsed, cancellation) =>
        {
            string folder = HubOptions.RequireExistingData(parsed.GetValue(data), HubOptions.Read(parsed.GetValue(config)));
            bool isRoom = parsed.GetValue(room);
            return isRoom && parsed.GetValue(patient) is not null
                ? throw new UsageException("--room and --patient don't go together: the room is nobody's.")
                : RunAsync(io, folder, parsed.GetValue(patient), isRoom, parsed.GetValue(format) == "csv", cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandIo io, string folder, string? patient, bool isRoom, bool asCsv, CancellationToken cancellation)
    {
        using SqliteBufferReader buffer = await BufferAccess.OpenReaderAsync(folder, io.Time, cancellation).ConfigureAwait(false);
        if (buffer.Hub is not { } hub)
        {
            throw new UsageException($"--data: there is no buffer in {folder}. homehub run makes it at the first start.");
        }

        PatientReference? whose = isRoom ? PatientReference.Room : Choose(patient, await buffer.ListPatientsAsync(cancellation).ConfigureAwait(false));
        IAsyncEnumerable<AcquiredReading> readings = whose is null
            ? AsyncEnumerable.Empty<AcquiredReading>()
            : buffer.ReadHistoryAsync(whose, cancellation).Select(reading => reading.Record);
        await AuditTrail.NoteAsync(io, folder, AuditActs.ReadingsExported, AuditTrail.CommandLineUser, isRoom ? null : whose, AuditAbout.Of((AuditDetail.Format, asCsv ? "csv" : "fhir")), cancellation).ConfigureAwait(false);
        ExportResult written = await Adapters.CreateExport(hub).WriteAsync(asCsv ? ExportFormat.Csv : ExportFormat.Fhir, readings, io.Out, cancellation).ConfigureAwait(false);
        if (written.Undecodable > 0)
        {
            await io.Error.WriteLineAsync($"homehub: {written.Undecodable} stored readings can't be decoded any more: what they say is left out.").ConfigureAwait(false);
            return ExitCodes.Failed;
        }

        return ExitCodes.Done;
    }

    /// <summary>Null only where there are no readings at all and nobody was named.</summary>
    private static PatientReference? Choose(string? asked, IReadOnlyList<PatientReference> patients)
    {
        if (asked is not null)
        {
            return patients.FirstOrDefault(patient => patient.Key == asked)
                ?? throw new UsageException($"--patient: there are no readings of {asked}.");
        }

        return patients switch
        {
            [] => null,
            [var only] => only,
            _ => throw new UsageException($"--patient is missing: there are readings of {string.Join(", ", patients.Select(patient => patient.Key))}."),
        };
    }
}
