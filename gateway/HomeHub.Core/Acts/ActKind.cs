namespace HomeHub.Core.Acts;

/// <summary>What a person does with a reading.</summary>
public enum ActKind : byte
{
    /// <summary>Says whose an unassigned reading is.</summary>
    Assign = 1,

    /// <summary>Says that an unassigned reading is of nobody that the hub serves: kept as history, never sent.</summary>
    Discard = 2,

    /// <summary>Says that a reading is not what it was taken for, and maybe whose it is.</summary>
    TakeBack = 3,

    /// <summary>Enters a reading by hand.</summary>
    Enter = 4,
}
