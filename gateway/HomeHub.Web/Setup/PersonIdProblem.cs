namespace HomeHub.Web.Setup;

/// <summary>Why what was typed or scanned can't be a person's id.</summary>
public enum PersonIdProblem
{
    /// <summary>Nothing was typed.</summary>
    Missing,

    /// <summary>It has neither of the two forms.</summary>
    Form,

    /// <summary>It is longer than ids are.</summary>
    TooLong,

    /// <summary>The person is here already.</summary>
    AlreadyHere,
}
