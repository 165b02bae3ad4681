namespace HomeHub.Profiles.RecordAccess;

/// <summary>
/// Record Access Control Point (0x2A52): how stored records are asked for (Glucose Service 1.0.1, 3.4; shared by pulse oximeter and CGM). Op code,
/// operator, operand; the peripheral sends records as notifications and ends with an indication. Anything else than these: <see cref="RecordAccessRequest"/>.
/// </summary>
public static class RecordAccessControlPoint
{
    /// <summary>The characteristic.</summary>
    public const ushort Uuid = 0x2A52;

    /// <summary>Report stored records: all.</summary>
    public static byte[] ReportAll() => RecordAccessRequest.All(RecordAccessOpCode.ReportRecords).ToOctets();

    /// <summary>Report stored records: Sequence Number greater than or equal to <paramref name="sequenceNumber"/>.</summary>
    public static byte[] ReportFrom(ushort sequenceNumber) => RecordAccessRequest.From(RecordAccessOpCode.ReportRecords, sequenceNumber).ToOctets();

    /// <summary>Report number of stored records: all.</summary>
    public static byte[] CountAll() => RecordAccessRequest.All(RecordAccessOpCode.ReportNumber).ToOctets();

    /// <summary>Abort the operation that is under way.</summary>
    public static byte[] Abort() => RecordAccessRequest.Abort.ToOctets();
}
