using System.CommandLine;
using System.Globalization;
using HomeHub.Core.Moving;
using HomeHub.Gateway.Hub;
using HomeHub.Sqlite;

namespace HomeHub.Gateway.Commands.Moving;

/// <summary><c>homehub move wipe</c>: removes everything of the home from a hub that was replaced.</summary>
internal static class WipeCommand
{
    public static Command Create(CommandIo io)
    {
        Option<string?> data = HubOptions.Data(), config = HubOptions.Config();
        var yes = new Option<bool>("--yes") { Description = "Does it. The archive in the folder goes too: the other hub must have the history." };
        var command = new ExampledCommand(
            "wipe",
            "Overwrites and removes everything of the home that a hub keeps whose history has moved, and prints what can be shown for it. After that it is a new hub. The system's Bluetooth devices and wireless networks stay.",
            "homehub move wipe --yes --data ./data")
        {
            yes, data, config,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string folder = HubOptions.RequireExistingData(parsed.GetValue(data), HubOptions.Read(parsed.GetValue(config)));
            HubOptions.RequireMoved(folder);
            if (!parsed.GetValue(yes))
            {
                throw new UsageException("--yes is missing: nothing of it can be had back.");
            }

            WipeProof proof = await HistoryMoves.WipeAsync(folder, AuditTrail.CommandLineUser, io.Time.GetLocalNow()).ConfigureAwait(false);
            await HistoryMoves.SettleAsync(folder, io.Time, cancellation).ConfigureAwait(false);
            using StreamWriter text = io.OpenText();
            await text.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{proof.At:yyyy-MM-dd HH:mm:ssK}: {proof.Files} files were overwritten and removed. {proof.Moved.Readings} readings had moved at {proof.Moved.At:yyyy-MM-dd HH:mm:ssK}. Last entry of the audit log, which moved along: {proof.Mark ?? "none"}."))
                .ConfigureAwait(false);
            return ExitCodes.Done;
        });
        return command;
    }
}
