namespace HomeHub.Core.Network;

/// <summary>How it stands with the hub's name on the home network.</summary>
/// <param name="Condition">Whether it is told.</param>
/// <param name="Name">The name that is told, or would be: <c>homehub-1a2b.local</c>; with a number where another machine has it already.</param>
public sealed record HomeNameState(HomeNameCondition Condition, string Name);
