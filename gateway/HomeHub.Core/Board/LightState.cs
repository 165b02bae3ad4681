namespace HomeHub.Core.Board;

/// <summary>What the light tells, and why.</summary>
/// <param name="Pattern">What it shows.</param>
/// <param name="Word">What is announced when somebody asks by the button.</param>
/// <param name="Reasons">Why a person is needed; none where she isn't.</param>
public sealed record LightState(LightPattern Pattern, StatusWord Word, IReadOnlyList<AttentionReason> Reasons);
