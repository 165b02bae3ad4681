namespace HomeHub.Core.Board;

/// <summary>What draws a line to a level while nothing drives it.</summary>
public enum BoardBias
{
    /// <summary>As the system has it.</summary>
    AsIs,

    /// <summary>To high: a button between line and ground.</summary>
    PullUp,

    /// <summary>To low: a button between line and supply.</summary>
    PullDown,
}
