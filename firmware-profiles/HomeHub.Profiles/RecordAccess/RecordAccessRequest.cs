using System.Buffers.Binary;
using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.RecordAccess;

/// <summary>
/// What a collector writes to a Record Access Control Point (Glucose Service 1.0.1, 3.4; CGM Service 1.0.2, 3.7; Pulse Oximeter Service 1.0.1, 3.4): op
/// code, operator, and for some operators a filter with one or two operands. Number operands have two octets, time operands seven (Date Time).
/// </summary>
public readonly record struct RecordAccessRequest
{
    /// <summary>Octets of the longest request: a range of times.</summary>
    public const int MaxOctets = 17;

    private RecordAccessRequest(RecordAccessOpCode opCode, RecordAccessOperator @operator) => (OpCode, Operator) = (opCode, @operator);

    /// <summary>What to do.</summary>
    public RecordAccessOpCode OpCode { get; private init; }

    /// <summary>With which records.</summary>
    public RecordAccessOperator Operator { get; private init; }

    /// <summary>What the operands are; <see cref="RecordAccessFilter.None"/> where there are none.</summary>
    public RecordAccessFilter Filter { get; private init; }

    /// <summary>Number from which on, or up to which; for a range its lower end.</summary>
    public ushort Number { get; private init; }

    /// <summary>Upper end of a range of numbers.</summary>
    public ushort UpperNumber { get; private init; }

    /// <summary>Time from which on, or up to which; for a range its lower end. Without an offset from UTC: the device's own.</summary>
    public PhdTimestamp Time { get; private init; }

    /// <summary>Upper end of a range of times.</summary>
    public PhdTimestamp UpperTime { get; private init; }

    /// <summary>Aborts what is under way.</summary>
    public static RecordAccessRequest Abort => new(RecordAccessOpCode.AbortOperation, RecordAccessOperator.Null);

    /// <summary>Something with all records.</summary>
    public static RecordAccessRequest All(RecordAccessOpCode opCode) => new(opCode, RecordAccessOperator.All);

    /// <summary>Something with the oldest record.</summary>
    public static RecordAccessRequest First(RecordAccessOpCode opCode) => new(opCode, RecordAccessOperator.First);

    /// <summary>Something with the most recent record.</summary>
    public static RecordAccessRequest Last(RecordAccessOpCode opCode) => new(opCode, RecordAccessOperator.Last);

    /// <summary>Something with the records from <paramref name="number"/> on.</summary>
    public static RecordAccessRequest From(RecordAccessOpCode opCode, ushort number) => Of(opCode, RecordAccessOperator.GreaterOrEqual, number, 0);

    /// <summary>Something with the records up to <paramref name="number"/>.</summary>
    public static RecordAccessRequest UpTo(RecordAccessOpCode opCode, ushort number) => Of(opCode, RecordAccessOperator.LessOrEqual, number, 0);

    /// <summary>Something with the records from <paramref name="lower"/> to <paramref name="upper"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The lower end is above the upper one.</exception>
    public static RecordAccessRequest Within(RecordAccessOpCode opCode, ushort lower, ushort upper)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lower, upper);
        return Of(opCode, RecordAccessOperator.WithinRange, lower, upper);
    }

    /// <summary>Something with the records whose User Facing Time is <paramref name="time"/> or later.</summary>
    public static RecordAccessRequest From(RecordAccessOpCode opCode, PhdTimestamp time) =>
        new(opCode, RecordAccessOperator.GreaterOrEqual) { Filter = RecordAccessFilter.UserFacingTime, Time = time };

    /// <summary>Something with the records whose User Facing Time lies between two times.</summary>
    public static RecordAccessRequest Within(RecordAccessOpCode opCode, PhdTimestamp lower, PhdTimestamp upper) =>
        new(opCode, RecordAccessOperator.WithinRange) { Filter = RecordAccessFilter.UserFacingTime, Time = lower, UpperTime = upper };

    /// <summary>
    /// Whether a record lies within the operand; true for a request that has none. <see cref="RecordAccessOperator.First"/> and
    /// <see cref="RecordAccessOperator.Last"/> choose by age, which a record alone does not tell.
    /// </summary>
    /// <param name="number">Its Sequence Number, 0 to 65535; of a CGM its Time Offset in minutes.</param>
    /// <param name="userFacingTime">The time that the user sees; a record without one lies within no operand of times.</param>
    public bool Covers(ushort number, PhdTimestamp? userFacingTime)
    {
        (long value, long first, long second) = (number, Number, UpperNumber);
        if (Filter == RecordAccessFilter.UserFacingTime)
        {
            if (userFacingTime is not { IsUnknown: false } time)
            {
                return false;
            }

            (value, first, second) = (Order(time), Order(Time), Order(UpperTime));
        }

        return Operator switch
        {
            RecordAccessOperator.LessOrEqual => value <= first,
            RecordAccessOperator.GreaterOrEqual => value >= first,
            RecordAccessOperator.WithinRange => value >= first && value <= second,
            _ => true,
        };
    }

    /// <summary>The octets to write.</summary>
    public byte[] ToOctets()
    {
        Span<byte> octets = stackalloc byte[MaxOctets];
        octets[0] = (byte)OpCode;
        octets[1] = (byte)Operator;
        int length = 2;
        if (Filter != RecordAccessFilter.None)
        {
            octets[length++] = (byte)Filter;
            length += Write(octets[length..], Number, Time);
            length += Operator == RecordAccessOperator.WithinRange ? Write(octets[length..], UpperNumber, UpperTime) : 0;
        }

        return octets[..length].ToArray();
    }

    /// <summary>
    /// Reads a request; false with field and offset when its op code, operator or filter is none that a collector writes, an operand is missing or out of
    /// range, or octets are left over.
    /// </summary>
    public static bool TryDecode(ReadOnlySpan<byte> octets, out RecordAccessRequest request, out DecodeError error)
    {
        var reader = new WireReader(octets);
        var opCode = (RecordAccessOpCode)reader.UInt8("Op Code");
        if (opCode is < RecordAccessOpCode.ReportRecords or > RecordAccessOpCode.ReportNumber)
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "Op Code", 0);
        }

        var @operator = (RecordAccessOperator)reader.UInt8("Operator");
        bool isAbort = opCode == RecordAccessOpCode.AbortOperation;
        if (isAbort != (@operator == RecordAccessOperator.Null) || @operator > RecordAccessOperator.Last)
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "Operator", 1);
        }

        request = new RecordAccessRequest(opCode, @operator);
        if (@operator is >= RecordAccessOperator.LessOrEqual and <= RecordAccessOperator.WithinRange)
        {
            request = ReadOperand(ref reader, request);
        }

        bool isWhole = reader.End();
        error = isWhole ? default : reader.Error(RecordAccessControlPoint.Uuid);
        return isWhole;
    }

    private static RecordAccessRequest ReadOperand(ref WireReader reader, RecordAccessRequest request)
    {
        bool isRange = request.Operator == RecordAccessOperator.WithinRange;
        var filter = (RecordAccessFilter)reader.UInt8("Filter Type");
        request = request with { Filter = filter };
        if (filter == RecordAccessFilter.Number)
        {
            request = request with { Number = reader.UInt16("Operand") };
            request = request with { UpperNumber = isRange ? reader.UInt16("Operand: Maximum") : (ushort)0 };
        }
        else if (filter == RecordAccessFilter.UserFacingTime)
        {
            request = request with { Time = reader.DateTime("Operand") };
            request = request with { UpperTime = isRange ? reader.DateTime("Operand: Maximum") : default };
        }
        else
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "Filter Type", 2);
        }

        bool isReversed = filter == RecordAccessFilter.Number ? request.UpperNumber < request.Number : Order(request.UpperTime) < Order(request.Time);
        if (isRange && !reader.Failed && isReversed)
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "Operand: Maximum", filter == RecordAccessFilter.Number ? 5 : 10);
        }

        return request;
    }

    private int Write(Span<byte> octets, ushort number, PhdTimestamp time)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(octets, Filter == RecordAccessFilter.Number ? number : time.Year);
        if (Filter == RecordAccessFilter.Number)
        {
            return sizeof(ushort);
        }

        ReadOnlySpan<byte> rest = [time.Month, time.Day, time.Hour, time.Minute, time.Second];
        rest.CopyTo(octets[sizeof(ushort)..]);
        return sizeof(ushort) + rest.Length;
    }

    private static long Order(PhdTimestamp time) =>
        ((long)time.Year << 40) | ((long)time.Month << 32) | ((long)time.Day << 24) | ((long)time.Hour << 16) | ((long)time.Minute << 8) | time.Second;

    private static RecordAccessRequest Of(RecordAccessOpCode opCode, RecordAccessOperator @operator, ushort number, ushort upper) =>
        new(opCode, @operator) { Filter = RecordAccessFilter.Number, Number = number, UpperNumber = upper };
}
