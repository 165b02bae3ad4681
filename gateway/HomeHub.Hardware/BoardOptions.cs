using HomeHub.Core.Board;

namespace HomeHub.Hardware;

/// <summary>Where the parts of the board are.</summary>
public sealed record BoardOptions
{
    /// <summary>The light: a line or a light of the LED class.</summary>
    public BoardPlace Light { get; init; } = BoardPlace.Auto;

    /// <summary>The buzzer: a line or an input device.</summary>
    public BoardPlace Buzzer { get; init; } = BoardPlace.Auto;

    /// <summary>The button: a line or an input device.</summary>
    public BoardPlace Button { get; init; } = BoardPlace.Auto;
}
