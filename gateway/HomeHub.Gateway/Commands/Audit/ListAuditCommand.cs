using System.CommandLine;
using System.Text.Json;
using HomeHub.Core.Audit;
using HomeHub.Core.Identity;
using HomeHub.Gateway.Commands.Readings;
using HomeHub.Gateway.Hub;

namespace HomeHub.Gateway.Commands.Audit;

/// <summary><c>homehub audit list</c>: who did what, and when.</summary>
internal static class ListAuditCommand
{
    /// <summary>Entries in a page: bounds memory.</summary>
    private const int PageEntries = 500;

    public static Command Create(CommandIo io)
    {
        Option<string?> data = HubOptions.Data(), config = HubOptions.Config();
        var patient = new Option<string?>("--patient") { Description = "Only what is about this person's data: Patient/id, or system|value.", HelpName = "PATIENT" };
        var asJson = new Option<bool>("--json") { Description = "For scripts: one JSON object a line." };
        var command = new ExampledCommand(
            "list",
            "Lists what persons did, oldest first: when, what, about what, who.",
            "homehub audit list --data ./data",
            "homehub audit list --patient Patient/p1 --json --data ./data")
        {
            data, patient, asJson, config,
        };
        command.SetAction((parsed, cancellation) =>
        {
            string folder = HubOptions.RequireExistingData(parsed.GetValue(data), HubOptions.Read(parsed.GetValue(config)));
            PatientReference? whose = parsed.GetValue(patient) is { } key ? HubOptions.ReadPatient(key) : null;
            return RunAsync(io, folder, whose, parsed.GetValue(asJson), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandIo io, string folder, PatientReference? whose, bool asJson, CancellationToken cancellation)
    {
        IAuditLog log = await Adapters.OpenAuditAsync(folder, cancellation).ConfigureAwait(false);
        await using (log.ConfigureAwait(false))
        {
            using StreamWriter text = io.OpenText();
            long shown = 0, after = 0;
            while (await log.ReadAsync(after, PageEntries, cancellation).ConfigureAwait(false) is { Count: > 0 } page)
            {
                after = page[^1].Number;
                foreach (AuditEntry entry in page.Where(entry => whose is null || entry.Note.Patient == whose))
                {
                    shown++;
                    if (asJson)
                    {
                        ReadingJson.Write(io.Out, json => Write(json, entry));
                    }
                    else
                    {
                        string about = string.Join(' ', new[] { entry.Note.Patient?.Key, entry.Note.About }.OfType<string>());
                        await text.WriteLineAsync($"{entry.Number}  {ReadingJson.Instant(entry.Note.At)}  {entry.Note.Act}  {about}, by {entry.Note.Who}").ConfigureAwait(false);
                    }
                }
            }

            if (shown == 0 && !asJson)
            {
                await text.WriteLineAsync("Nothing is recorded yet.").ConfigureAwait(false);
            }
        }

        return ExitCodes.Done;
    }

    private static void Write(Utf8JsonWriter json, AuditEntry entry)
    {
        json.WriteNumber("number", entry.Number);
        json.WriteString("at", ReadingJson.Instant(entry.Note.At));
        json.WriteString("act", entry.Note.Act);
        json.WriteString("by", entry.Note.Who);
        json.WriteString("patient", entry.Note.Patient?.Key);
        json.WriteString("about", entry.Note.About);
        json.WriteString("hash", Convert.ToHexStringLower(entry.Hash.Span));
    }
}
