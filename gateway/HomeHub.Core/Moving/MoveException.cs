namespace HomeHub.Core.Moving;

/// <summary>A history does not move. Nothing was changed. The message holds no value and no key.</summary>
public sealed class MoveException : Exception
{
    /// <summary>Creates the exception.</summary>
    public MoveException()
        : this(MoveProblem.Damaged)
    {
    }

    /// <summary>Creates the exception.</summary>
    public MoveException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    public MoveException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception, with words for the one at the command line.</summary>
    public MoveException(MoveProblem problem, Exception? innerException = null)
        : base(TextOf(problem), innerException) => Problem = problem;

    /// <summary>Why.</summary>
    public MoveProblem Problem { get; } = MoveProblem.Damaged;

    private static string TextOf(MoveProblem problem) => problem switch
    {
        MoveProblem.Held => "Something is held until the hub knows its time and time zone. Set both, then move: what is held can't be taken along.",
        MoveProblem.NoRoom => "There is not enough room on the disk.",
        MoveProblem.NotEmpty => "The hub that is to take the history has people, devices or readings already.",
        MoveProblem.NotAnArchive => "The file is no archive of a hub.",
        MoveProblem.NewerVersion => "The archive was written by a newer HomeHub. Install that one here first.",
        MoveProblem.WrongCode => "The transfer code is not that of this archive.",
        MoveProblem.Damaged => "The archive is damaged. Take it from the old hub once more.",
        MoveProblem.CutShort => "The archive is not whole: it ends too early. Take it from the old hub once more.",
        _ => throw new ArgumentOutOfRangeException(nameof(problem)),
    };
}
