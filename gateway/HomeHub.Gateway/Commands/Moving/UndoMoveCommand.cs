using System.CommandLine;
using HomeHub.Gateway.Hub;
using HomeHub.Sqlite;

namespace HomeHub.Gateway.Commands.Moving;

/// <summary><c>homehub move undo</c>: the move did not happen, and the old hub goes on.</summary>
internal static class UndoMoveCommand
{
    public static Command Create(CommandIo io)
    {
        Option<string?> data = HubOptions.Data(), config = HubOptions.Config();
        var command = new ExampledCommand(
            "undo",
            "The move did not happen: this hub goes on as before. Only while no other hub has taken its history in: else two would listen to the same devices.",
            "homehub move undo --data ./data")
        {
            data, config,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string folder = HubOptions.RequireExistingData(parsed.GetValue(data), HubOptions.Read(parsed.GetValue(config)));
            HubOptions.RequireMoved(folder);
            await HistoryMoves.UndoAsync(folder, AuditTrail.CommandLineUser, io.Time.GetLocalNow(), cancellation).ConfigureAwait(false);
            return ExitCodes.Done;
        });
        return command;
    }
}
