namespace HomeHub.Web.Readings;

/// <summary>Why a reading is discarded or taken back; its name in kebab case is the code that is recorded.</summary>
public enum WrongReason
{
    /// <summary>It is of somebody who is not of this household.</summary>
    Guest,

    /// <summary>It is of somebody else.</summary>
    WrongPerson,

    /// <summary>The measurement itself went wrong.</summary>
    WrongReading,

    /// <summary>It was a try.</summary>
    Test,
}
