namespace HomeHub.Core.Board;

/// <summary>How it stands with a part of the board, for a report.</summary>
/// <param name="Part">Which: <c>light</c>, <c>buzzer</c>, <c>button</c>.</param>
/// <param name="Condition">How.</param>
/// <param name="Place">Where it is, or was looked for; null where nobody said.</param>
public sealed record BoardPart(string Part, BoardCondition Condition, string? Place);
