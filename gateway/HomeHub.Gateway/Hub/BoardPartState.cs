namespace HomeHub.Gateway.Hub;

/// <summary>How it stands with a part of the board, as the running hub tells it.</summary>
/// <param name="Part"><c>light</c>, <c>buzzer</c> or <c>button</c>.</param>
/// <param name="Condition">The condition in kebab case, e.g. <c>found</c>, <c>none</c>, <c>busy</c>.</param>
/// <param name="Place">Where it is, or was looked for; null where nobody said.</param>
/// <param name="Shows">What the light shows: <c>breathing</c>, <c>solid</c>, <c>fast</c>; null for others.</param>
/// <param name="Needs">Why the light says that a person is needed, as kinds; null where it doesn't.</param>
internal sealed record BoardPartState(string Part, string Condition, string? Place, string? Shows = null, IReadOnlyList<string>? Needs = null)
{
    /// <summary>Whether it tells the same as another.</summary>
    public bool TellsAs(BoardPartState other) => this with { Needs = null } == other with { Needs = null } && (Needs ?? []).SequenceEqual(other.Needs ?? []);
}
