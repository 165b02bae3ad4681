namespace HomeHub.Core.Board;

/// <summary>How it stands with a part of the board.</summary>
public enum BoardCondition
{
    /// <summary>It is not wanted.</summary>
    Off,

    /// <summary>It was looked for under its usual names, and is not there.</summary>
    None,

    /// <summary>It is used.</summary>
    Found,

    /// <summary>It is configured, and not there.</summary>
    NotFound,

    /// <summary>Another program has it.</summary>
    Busy,

    /// <summary>This user may not use it.</summary>
    NotPermitted,

    /// <summary>It is there, and can't do what is asked of it.</summary>
    Failed,
}
