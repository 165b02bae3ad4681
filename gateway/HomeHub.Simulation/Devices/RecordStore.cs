using System.Buffers.Binary;
using HomeHub.Profiles;
using HomeHub.Profiles.Glucose;
using HomeHub.Profiles.RecordAccess;
using HomeHub.Simulation.Peripherals;

namespace HomeHub.Simulation.Devices;

/// <summary>
/// The memory of a device and its Record Access Control Point, from the sensor's side (Glucose Service 1.0.1, 3.4): report records and their number, by every
/// operator, filtered by Sequence Number or User Facing Time, and abort. It deletes nothing. When it is full the oldest record goes. Safe for several threads.
/// </summary>
internal sealed class RecordStore
{
    private readonly Lock _lock = new();
    private readonly Queue<(ushort Number, PhdTimestamp? Time, SimulatedPayload[] Payloads)> _records = new();
    private RecordReply? _running;
    private ushort _next = 1;
    private long _added;
    private long _told;

    /// <summary>Whether there are records that were never told.</summary>
    public bool HasNews
    {
        get
        {
            lock (_lock)
            {
                return _added > _told;
            }
        }
    }

    /// <summary>Stores a measurement with its context.</summary>
    public void Add(SimulatedPayload[] payloads)
    {
        lock (_lock)
        {
            if (_records.Count == DeviceFile.MaxStoredRecords)
            {
                _records.Dequeue();
            }

            ushort number = _next++;
            PhdTimestamp? time = GlucoseMeasurement.TryDecode(payloads[0].Octets, out GlucoseMeasurement measurement, out _) ? measurement.UserFacingTime : null;
            _records.Enqueue((number, time, [.. payloads.Select(payload => Renumber(payload, number))]));
            _added++;
        }
    }

    /// <summary>Forgets all records; the next has number 1.</summary>
    public void Restart()
    {
        lock (_lock)
        {
            Abort();
            _records.Clear();
            _next = 1;
            _told = _added;
        }
    }

    /// <summary>Takes a request; false while another runs.</summary>
    public bool TryBegin(ReadOnlySpan<byte> octets, out RecordReply reply)
    {
        byte op = octets.Length > 0 ? octets[0] : (byte)0;
        RecordAccessResponse refusal = Judge(octets, out RecordAccessRequest request);
        lock (_lock)
        {
            if (refusal == RecordAccessResponse.Success && request.OpCode == RecordAccessOpCode.AbortOperation)
            {
                Abort();
                reply = new RecordReply([], Response(op, RecordAccessResponse.Success));
                return true;
            }

            if (_running is not null)
            {
                reply = new RecordReply([], []);
                return false;
            }

            reply = refusal == RecordAccessResponse.Success ? Answer(request) : new RecordReply([], Response(op, refusal));
            _running = reply;
            return true;
        }
    }

    /// <summary>A request was answered in full: what it told is no news any more. What was stored meanwhile still is.</summary>
    public void End(RecordReply reply)
    {
        lock (_lock)
        {
            _told = Math.Max(_told, reply.UpTo);
            Stop(reply);
        }
    }

    /// <summary>A request is no longer worked on.</summary>
    public void Stop(RecordReply reply)
    {
        lock (_lock)
        {
            _running = _running == reply ? null : _running;
        }
    }

    /// <summary>Stops what runs.</summary>
    public void Abort()
    {
        lock (_lock)
        {
            _running?.Abort();
            _running = null;
        }
    }

    /// <summary>
    /// What is wrong with a request (table 3.11): reserved operators and filters are "not supported", what does not fit together is "invalid". A time that
    /// leaves year, month or day open compares with nothing.
    /// </summary>
    private static RecordAccessResponse Judge(ReadOnlySpan<byte> octets, out RecordAccessRequest request)
    {
        bool isRequest = RecordAccessRequest.TryDecode(octets, out request, out DecodeError error);
        if (request.OpCode is not (RecordAccessOpCode.ReportRecords or RecordAccessOpCode.ReportNumber or RecordAccessOpCode.AbortOperation))
        {
            return RecordAccessResponse.OpCodeNotSupported;
        }

        if (isRequest)
        {
            bool isOpen = request.Filter == RecordAccessFilter.UserFacingTime
                && (request.Time.IsUnknown || (request.Operator == RecordAccessOperator.WithinRange && request.UpperTime.IsUnknown));
            return isOpen ? RecordAccessResponse.InvalidOperand : RecordAccessResponse.Success;
        }

        const int OperatorOffset = 1, FilterOffset = 2;
        return error.Offset switch
        {
            OperatorOffset when request.Operator > RecordAccessOperator.Last => RecordAccessResponse.OperatorNotSupported,
            OperatorOffset => RecordAccessResponse.InvalidOperator,
            FilterOffset when error.Code == DecodeErrorCode.FieldOutOfRange => RecordAccessResponse.OperandNotSupported,
            _ => RecordAccessResponse.InvalidOperand,
        };
    }

    private static byte[] Response(byte op, RecordAccessResponse response) => [(byte)RecordAccessOpCode.ResponseCode, 0, op, (byte)response];

    private RecordReply Answer(RecordAccessRequest request)
    {
        List<SimulatedPayload[]> wanted = [];
        long ordinal = _added - _records.Count, upTo = 0, oldest = ordinal + 1;
        foreach ((ushort number, PhdTimestamp? time, SimulatedPayload[] payloads) in _records)
        {
            ordinal++;
            bool isWanted = request.Operator switch
            {
                RecordAccessOperator.First => ordinal == oldest,
                RecordAccessOperator.Last => ordinal == _added,
                _ => request.Covers(number, time),
            };
            if (isWanted)
            {
                wanted.Add(payloads);
                upTo = ordinal;
            }
        }

        if (request.OpCode == RecordAccessOpCode.ReportNumber)
        {
            byte[] answer = [(byte)RecordAccessOpCode.NumberResponse, 0, 0, 0];
            BinaryPrimitives.WriteUInt16LittleEndian(answer.AsSpan(2), (ushort)wanted.Count);
            return new RecordReply([], answer);
        }

        RecordAccessResponse response = wanted.Count > 0 ? RecordAccessResponse.Success : RecordAccessResponse.NoRecordsFound;
        return new RecordReply(wanted, Response((byte)request.OpCode, response), upTo);
    }

    /// <summary>Measurement and context carry the number in octets 1 and 2.</summary>
    private static SimulatedPayload Renumber(SimulatedPayload payload, ushort number)
    {
        byte[] octets = [.. payload.Octets];
        BinaryPrimitives.WriteUInt16LittleEndian(octets.AsSpan(1), number);
        return payload with { Octets = octets };
    }
}
