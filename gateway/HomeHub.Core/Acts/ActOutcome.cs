namespace HomeHub.Core.Acts;

/// <summary>What came of an act. Everything but <see cref="Done"/> changed nothing.</summary>
public enum ActOutcome : byte
{
    /// <summary>Done, and recorded; also when the same act was done before.</summary>
    Done,

    /// <summary>There is no such reading, or no more.</summary>
    NotFound,

    /// <summary>It is not unassigned: somebody's already, or discarded.</summary>
    NotUnassigned,

    /// <summary>It is nobody's, so that there is nothing to take back.</summary>
    Unassigned,

    /// <summary>It was taken back before.</summary>
    TakenBackBefore,

    /// <summary>It is that person's already.</summary>
    SamePerson,

    /// <summary>It is the context of a measurement that is here, and goes where that goes.</summary>
    ContextOfMeasurement,

    /// <summary>It can't be decoded any more, so that nobody can tell what is to be sent.</summary>
    Undecodable,

    /// <summary>The buffer is full of readings that nobody has receipted.</summary>
    Full,

    /// <summary>The same reading is here already.</summary>
    KnownBefore,
}
