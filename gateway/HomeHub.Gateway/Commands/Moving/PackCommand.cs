using System.CommandLine;
using System.Globalization;
using HomeHub.Core.Moving;
using HomeHub.Gateway.Hub;
using HomeHub.Sqlite;

namespace HomeHub.Gateway.Commands.Moving;

/// <summary><c>homehub move pack</c>: writes a hub's history into an encrypted archive, and shows the code that opens it.</summary>
internal static class PackCommand
{
    public static Command Create(CommandIo io)
    {
        Option<string?> data = HubOptions.Data(), config = HubOptions.Config();
        var to = new Option<string?>("--to") { Description = "The archive that is written.", HelpName = "FILE" };
        var command = new ExampledCommand(
            "pack",
            "Writes the history of the hub that is replaced into one encrypted archive, and its transfer code to standard output: it is shown once and kept nowhere. From then on this hub takes and "
            + "sends nothing.",
            "homehub move pack --to history.homehub --data ./data")
        {
            to, data, config,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string folder = HubOptions.RequireExistingData(parsed.GetValue(data), HubOptions.Read(parsed.GetValue(config)));
            string path = Path.GetFullPath(parsed.GetValue(to) ?? throw new UsageException("--to FILE is missing."));
            await HistoryMoves.SettleAsync(folder, io.Time, cancellation).ConfigureAwait(false);
            HubOptions.RequireLiving(folder);
            if (File.Exists(path))
            {
                throw new UsageException($"--to: {path} is there already.");
            }

            var code = TransferCode.Create();
            MovedHub hub = await HistoryMoves.PackAsync(folder, path, code, AuditTrail.CommandLineUser, io.Time, cancellation).ConfigureAwait(false);
            using StreamWriter text = io.OpenText();
            await text.WriteLineAsync(code.Text).ConfigureAwait(false);
            await io.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{hub.Readings} readings are in {path}, {hub.Waiting} of them still to be sent: the hub that takes them in sends those. Above is the transfer code.")).ConfigureAwait(false);
            return ExitCodes.Done;
        });
        return command;
    }
}
