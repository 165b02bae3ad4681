namespace HomeHub.Profiles.RecordAccess;

/// <summary>How a procedure of the Record Access Control Point ended (Glucose Service 1.0.1, table 3.11). Other values are kept as they are.</summary>
public enum RecordAccessResponse : byte
{
    /// <summary>Not used by the specification.</summary>
    Reserved = 0,

    /// <summary>Done.</summary>
    Success = 1,

    /// <summary>The op code is not supported.</summary>
    OpCodeNotSupported = 2,

    /// <summary>The operator does not fit the op code.</summary>
    InvalidOperator = 3,

    /// <summary>The operator is not supported.</summary>
    OperatorNotSupported = 4,

    /// <summary>The operand does not fit the operator.</summary>
    InvalidOperand = 5,

    /// <summary>No record fits what was asked for.</summary>
    NoRecordsFound = 6,

    /// <summary>An abort did not succeed.</summary>
    AbortUnsuccessful = 7,

    /// <summary>The procedure could not be completed.</summary>
    ProcedureNotCompleted = 8,

    /// <summary>The operand is not supported.</summary>
    OperandNotSupported = 9,

    /// <summary>The device has something else to do just now (GATT Specification Supplement, Record Access Control Point; not in Glucose Service 1.0.1).</summary>
    ServerBusy = 10,
}
