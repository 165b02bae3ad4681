namespace HomeHub.Core.Board;

/// <summary>Tones of one pitch, one after the other; the light says the same to those who don't hear. Few and plain: a person of eighty has to know them by heart.</summary>
/// <param name="Tones">Length of each.</param>
/// <param name="ShowsByLight">Whether the light says it too.</param>
public sealed record Tune(IReadOnlyList<TimeSpan> Tones, bool ShowsByLight)
{
    /// <summary>Silence between two tones.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>A long tone.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromMilliseconds(1_200);

    /// <summary>A short tone.</summary>
    public static readonly TimeSpan Short = TimeSpan.FromMilliseconds(250);

    /// <summary>While the button is held: let go now, if this is what you want.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    /// <summary>One long: all is well; it is done.</summary>
    public static Tune AllWell { get; } = new([Long], ShowsByLight: true);

    /// <summary>Two short: readings are safe here and wait for the network.</summary>
    public static Tune WaitsForNetwork { get; } = new([Short, Short], ShowsByLight: true);

    /// <summary>Three short: something needs a person; it was not done.</summary>
    public static Tune NeedsPerson { get; } = new([Short, Short, Short], ShowsByLight: true);

    /// <summary>One tick: held for the pairing window.</summary>
    public static Tune HeldForPairing { get; } = new([Tick], ShowsByLight: false);

    /// <summary>Two ticks: held for the network reset.</summary>
    public static Tune HeldForReset { get; } = new([Tick, Tick], ShowsByLight: false);

    /// <summary>How a word is said.</summary>
    public static Tune Of(StatusWord word) => word switch
    {
        StatusWord.AllWell => AllWell,
        StatusWord.WaitsForNetwork => WaitsForNetwork,
        _ => NeedsPerson,
    };
}
