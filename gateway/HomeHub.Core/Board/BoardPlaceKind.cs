namespace HomeHub.Core.Board;

/// <summary>By what of the kernel a part of the board is reached.</summary>
public enum BoardPlaceKind
{
    /// <summary>Looked for under its usual names.</summary>
    Auto,

    /// <summary>Not wanted.</summary>
    Off,

    /// <summary>A line of a GPIO chip.</summary>
    Gpio,

    /// <summary>A light of the LED class.</summary>
    Led,

    /// <summary>An input device.</summary>
    Input,
}
