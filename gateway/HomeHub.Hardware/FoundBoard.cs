using HomeHub.Core.Board;

namespace HomeHub.Hardware;

/// <summary>What was found of the board.</summary>
/// <param name="Ports">What can be used; whoever takes it disposes of it.</param>
/// <param name="Parts">How it stands with each.</param>
public sealed record FoundBoard(BoardPorts Ports, IReadOnlyList<BoardPart> Parts);
