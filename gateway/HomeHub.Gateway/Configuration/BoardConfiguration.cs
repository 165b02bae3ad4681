using HomeHub.Core.Board;

namespace HomeHub.Gateway.Configuration;

/// <summary>Light, buzzer and button of the box.</summary>
internal sealed record BoardConfiguration
{
    /// <summary>What a light, and what buzzer and button, have to be.</summary>
    public const string LightForm = "auto, off, led:NAME, gpio:LINE-NAME or gpio:/dev/gpiochipN:OFFSET, a line with ,active-low where it is",
        OtherForm = "auto, off, input:NAME, gpio:LINE-NAME or gpio:/dev/gpiochipN:OFFSET, a line with ,active-low ,pull-up ,pull-down and an input device with ,key=CODE where it is";

    /// <summary>Where the light is.</summary>
    public BoardPlace Light { get; init; } = BoardPlace.Auto;

    /// <summary>Where the buzzer is.</summary>
    public BoardPlace Buzzer { get; init; } = BoardPlace.Auto;

    /// <summary>Where the button is.</summary>
    public BoardPlace Button { get; init; } = BoardPlace.Auto;

    /// <summary>Reads the section.</summary>
    /// <exception cref="Commands.UsageException">It can't be used; the message names the key.</exception>
    public static BoardConfiguration Read(ConfigurationSection board)
    {
        var configuration = new BoardConfiguration
        {
            Light = ReadPlace(board, "light", BoardPlaceKind.Led, LightForm),
            Buzzer = ReadPlace(board, "buzzer", BoardPlaceKind.Input, OtherForm),
            Button = ReadPlace(board, "button", BoardPlaceKind.Input, OtherForm),
        };
        board.End();
        return configuration;
    }

    private static BoardPlace ReadPlace(ConfigurationSection board, string name, BoardPlaceKind kind, string form) => board.Text(name) switch
    {
        null => BoardPlace.Auto,
        var text when BoardPlace.TryParse(text) is { } place && (place.Kind is BoardPlaceKind.Auto or BoardPlaceKind.Off or BoardPlaceKind.Gpio || place.Kind == kind) => place,
        _ => throw board.Wrong(name, form),
    };
}
