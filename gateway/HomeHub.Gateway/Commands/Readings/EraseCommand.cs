using System.CommandLine;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Gateway.Requests;
using HomeHub.Sqlite;

namespace HomeHub.Gateway.Commands.Readings;

/// <summary><c>homehub readings erase</c>: a person's readings, from this hub.</summary>
internal static class EraseCommand
{
    public static Command Create(CommandIo io)
    {
        Option<string?> data = HubOptions.Data(), config = HubOptions.Config();
        var patient = new Option<string?>("--patient") { Description = "Whose readings: Patient/id, or system|value.", HelpName = "PATIENT" };
        var withWaiting = new Option<bool>("--with-waiting") { Description = "Those that are on their way too. What a recipient has got by then stays there." };
        var by = new Option<string?>("--by") { Description = "Who asks for it: a name or a role. It is noted in the audit log.", HelpName = "WHO" };
        var yes = new Option<bool>("--yes") { Description = "Does it. Without, it is only said how many there are." };
        var command = new ExampledCommand(
            "erase",
            "Erases a person's readings from this hub, for good: values and octets, in every file of the buffer. What recipients have got stays with them. A device that tells its memory again brings nothing back.",
            "homehub readings erase --patient Patient/p1 --data ./data",
            "homehub readings erase --patient Patient/p1 --by \"nurse 7\" --yes --data ./data")
        {
            patient, withWaiting, by, yes, data, config,
        };
        command.SetAction((parsed, cancellation) =>
        {
            string folder = HubOptions.RequireLiving(HubOptions.RequireExistingData(parsed.GetValue(data), HubOptions.Read(parsed.GetValue(config))));
            PatientReference person = HubOptions.ReadPatient(parsed.GetValue(patient), "whose readings");
            if (!parsed.GetValue(yes))
            {
                return TellAsync(io, folder, person, cancellation);
            }

            string who = parsed.GetValue(by) is { } said && !string.IsNullOrWhiteSpace(said) ? said : throw new UsageException("--by WHO is missing: it is noted who asks for it.");
            return EraseAsync(io, folder, person, parsed.GetValue(withWaiting), who, cancellation);
        });
        return command;
    }

    private static async Task<int> TellAsync(CommandIo io, string folder, PatientReference patient, CancellationToken cancellation)
    {
        using SqliteBufferReader buffer = await BufferAccess.OpenReaderAsync(folder, io.Time, cancellation).ConfigureAwait(false);
        HeldReadings held = await buffer.CountHeldAsync(patient, cancellation).ConfigureAwait(false);
        using StreamWriter text = io.OpenText();
        await text.WriteLineAsync($"{held.Settled} readings wait for nothing and would be erased; {held.Waiting} are on their way, and would be with --with-waiting. Nothing is erased without --yes.").ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private static async Task<int> EraseAsync(CommandIo io, string folder, PatientReference patient, bool withWaiting, string who, CancellationToken cancellation)
    {
        ErasedReadings erased = await BufferAccess.EraseAsync(io, folder, patient, withWaiting, who, cancellation).ConfigureAwait(false);
        using StreamWriter text = io.OpenText();
        await text.WriteLineAsync($"{erased.Erased} readings and {erased.Payloads} payloads in quarantine are erased; {erased.Left} readings on their way are left.").ConfigureAwait(false);
        return ExitCodes.Done;
    }
}
