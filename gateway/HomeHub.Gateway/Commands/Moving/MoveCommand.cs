using System.CommandLine;

namespace HomeHub.Gateway.Commands.Moving;

/// <summary><c>homehub move</c>: the history of a hub moves to the hub that takes its place.</summary>
internal static class MoveCommand
{
    public static Command Create(CommandIo io) => new ExampledCommand(
        "move",
        "The history of a hub moves to the hub that takes its place: readings, also those that are still to be sent, devices, people, consents, the audit log. No hub may run on the folder meanwhile; "
        + "a hub that runs does the same at its pages.",
        "homehub move pack --to history.homehub --data ./old",
        "homehub move unpack history.homehub --data ./new")
    {
        PackCommand.Create(io),
        UnpackCommand.Create(io),
        UndoMoveCommand.Create(io),
        WipeCommand.Create(io),
    };
}
