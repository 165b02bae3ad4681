using System.CommandLine;

namespace HomeHub.Gateway.Commands.Readings;

/// <summary><c>homehub readings</c>: what a person does with readings.</summary>
internal static class ReadingsCommand
{
    public static Command Create(CommandIo io) => new ExampledCommand(
        "readings",
        "Readings that are nobody's or entered by hand, and what persons do with readings. Works beside a running hub; run it as the hub's user.",
        "homehub readings unassigned --data ./data",
        "homehub readings assign 17 --patient Patient/p1 --by \"nurse 7\" --data ./data",
        "homehub readings take-back 17 --reason guest --by \"nurse 7\" --data ./data")
    {
        ListReadingsCommand.Create(io),
        UnassignedCommand.Create(io),
        EnterCommand.Create(io),
        ActCommands.CreateAssign(io),
        ActCommands.CreateDiscard(io),
        ActCommands.CreateTakeBack(io),
        EraseCommand.Create(io),
        ListActsCommand.Create(io),
    };
}
