namespace HomeHub.Core.SelfCheck;

/// <summary>What came out of a check, from what needs nobody to what needs somebody most.</summary>
public enum CheckOutcome
{
    /// <summary>The hub runs without what would be checked.</summary>
    Off,

    /// <summary>All is well.</summary>
    Good,

    /// <summary>It could not be told: not finished, or what it needs is not known yet.</summary>
    Unknown,

    /// <summary>It works, and somebody should look at it before it does not.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Bad,
}
