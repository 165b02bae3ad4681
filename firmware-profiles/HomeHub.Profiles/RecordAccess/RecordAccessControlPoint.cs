using System.Buffers.Binary;

namespace HomeHub.Profiles.RecordAccess;

/// <summary>
/// Record Access Control Point (0x2A52): how stored records are asked for (Glucose Service 1.0.1, 3.4; shared by pulse oximeter and CGM). Op code,
/// operator, operand; the peripheral sends records as notifications and ends with an indication.
/// </summary>
public static class RecordAccessControlPoint
{
    /// <summary>The characteristic.</summary>
    public const ushort Uuid = 0x2A52;

    /// <summary>Op code of a report of stored records.</summary>
    public const byte ReportRecords = 0x01;

    /// <summary>Op code of an abort.</summary>
    public const byte AbortOperation = 0x03;

    private const byte ReportNumber = 0x04;
    private const byte NoOperator = 0x00, AllRecords = 0x01, GreaterOrEqual = 0x03;
    private const byte SequenceNumberFilter = 0x01;

    /// <summary>Report stored records: all.</summary>
    public static byte[] ReportAll() => [ReportRecords, AllRecords];

    /// <summary>Report stored records: Sequence Number greater than or equal to <paramref name="sequenceNumber"/>.</summary>
    public static byte[] ReportFrom(ushort sequenceNumber)
    {
        byte[] request = [ReportRecords, GreaterOrEqual, SequenceNumberFilter, 0, 0];
        BinaryPrimitives.WriteUInt16LittleEndian(request.AsSpan(3), sequenceNumber);
        return request;
    }

    /// <summary>Report number of stored records: all.</summary>
    public static byte[] CountAll() => [ReportNumber, AllRecords];

    /// <summary>Abort the operation that is under way.</summary>
    public static byte[] Abort() => [AbortOperation, NoOperator];
}
