namespace HomeHub.Profiles.RecordAccess;

/// <summary>What a message on the Record Access Control Point is (Glucose Service 1.0.1, table 3.9). Other values are reserved.</summary>
public enum RecordAccessOpCode : byte
{
    /// <summary>Not used by the specification.</summary>
    Reserved = 0,

    /// <summary>Request: report stored records.</summary>
    ReportRecords = 1,

    /// <summary>Request: delete stored records.</summary>
    DeleteRecords = 2,

    /// <summary>Request: abort what is under way.</summary>
    AbortOperation = 3,

    /// <summary>Request: report how many records there are.</summary>
    ReportNumber = 4,

    /// <summary>Indication: how many records there are.</summary>
    NumberResponse = 5,

    /// <summary>Indication: how a procedure ended.</summary>
    ResponseCode = 6,
}
