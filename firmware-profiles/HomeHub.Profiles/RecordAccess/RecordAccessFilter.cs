namespace HomeHub.Profiles.RecordAccess;

/// <summary>What an operand is compared with (Glucose Service 1.0.1, table 3.10; CGM Service 1.0.2, 3.7). Other values are reserved.</summary>
public enum RecordAccessFilter : byte
{
    /// <summary>No operand.</summary>
    None = 0,

    /// <summary>Sequence Number, 0 to 65535; in the CGM Service the Time Offset in minutes.</summary>
    Number = 1,

    /// <summary>User Facing Time: Base Time and Time Offset together, a Date Time.</summary>
    UserFacingTime = 2,
}
