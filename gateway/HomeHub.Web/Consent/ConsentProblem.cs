namespace HomeHub.Web.Consent;

/// <summary>What was wrong with a decision as it was sent.</summary>
public enum ConsentProblem
{
    /// <summary>No kind of data was chosen.</summary>
    NoKind,

    /// <summary>The day is no date.</summary>
    Day,

    /// <summary>The hub's clock is not known to be right, so that "from now on" says nothing.</summary>
    ClockNotKnown,

    /// <summary>Who was present was not told, or at too great length.</summary>
    Present,

    /// <summary>It holds already, for all kinds that were chosen.</summary>
    HoldsAlready,
}
