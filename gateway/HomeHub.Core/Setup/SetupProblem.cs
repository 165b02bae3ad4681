namespace HomeHub.Core.Setup;

/// <summary>Why something about a device was not done. Whatever stands in the way, nothing was changed.</summary>
public enum SetupProblem
{
    /// <summary>It was not heard for as long as it was listened for.</summary>
    NotHeard,

    /// <summary>The hub does not know its time, and nobody said since when: "now" would be noted wrong for ever.</summary>
    ClockNotKnown,

    /// <summary>Nobody has set the device up.</summary>
    NotSetUp,

    /// <summary>Several people use it, and which user of it is meant was not said.</summary>
    UserNotNamed,

    /// <summary>Several people use the device: another one is given to each by number, and takes nobody over by itself.</summary>
    UsersByNumber,

    /// <summary>It was somebody else's until now, who cannot have used it at the same time.</summary>
    WasSomebodyElses,

    /// <summary>It was nobody's, so that there is nothing to take away.</summary>
    WasNobodys,
}
