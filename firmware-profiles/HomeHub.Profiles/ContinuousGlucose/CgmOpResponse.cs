namespace HomeHub.Profiles.ContinuousGlucose;

/// <summary>How a procedure of the CGM Specific Ops Control Point ended (CGM Service 1.0.2, 3.8). Other values are kept as they are.</summary>
public enum CgmOpResponse : byte
{
    /// <summary>Not used by the specification.</summary>
    Reserved = 0,

    /// <summary>Done.</summary>
    Success = 1,

    /// <summary>The op code is not supported.</summary>
    OpCodeNotSupported = 2,

    /// <summary>The operand does not fit the op code.</summary>
    InvalidOperand = 3,

    /// <summary>The procedure could not be completed.</summary>
    ProcedureNotCompleted = 4,

    /// <summary>The operand is out of what the sensor bears.</summary>
    ParameterOutOfRange = 5,
}
