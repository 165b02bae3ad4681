namespace HomeHub.Web.Readings;

/// <summary>Why something was not done with a reading.</summary>
public enum ReadingProblem
{
    /// <summary>Nobody was chosen.</summary>
    NoPerson,

    /// <summary>No reason was chosen.</summary>
    NoReason,

    /// <summary>Who says so was not told, or at too great length.</summary>
    By,

    /// <summary>The hub is full of readings that nobody has receipted.</summary>
    Full,

    /// <summary>Something was done with it meanwhile.</summary>
    Changed,
}
