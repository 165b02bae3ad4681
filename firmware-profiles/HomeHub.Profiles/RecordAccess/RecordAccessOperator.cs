namespace HomeHub.Profiles.RecordAccess;

/// <summary>Which records a request is about (Glucose Service 1.0.1, table 3.10). Other values are reserved.</summary>
public enum RecordAccessOperator : byte
{
    /// <summary>None: an abort, or an indication.</summary>
    Null = 0,

    /// <summary>All records.</summary>
    All = 1,

    /// <summary>Those up to the operand, that one included.</summary>
    LessOrEqual = 2,

    /// <summary>Those from the operand on, that one included.</summary>
    GreaterOrEqual = 3,

    /// <summary>Those from the first operand to the second, both included.</summary>
    WithinRange = 4,

    /// <summary>The oldest record.</summary>
    First = 5,

    /// <summary>The most recent record.</summary>
    Last = 6,
}
