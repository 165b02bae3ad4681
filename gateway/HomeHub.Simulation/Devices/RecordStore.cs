using System.Buffers.Binary;
using HomeHub.Simulation.Peripherals;

namespace HomeHub.Simulation.Devices;

/// <summary>
/// The memory of a device and its Record Access Control Point, from the sensor's side (Glucose Service 1.0.1, 3.4): report all, report from a Sequence
/// Number on, number of records, abort. When it is full the oldest record goes. Safe for several threads.
/// </summary>
internal sealed class RecordStore
{
    private const byte Report = 1, AbortOp = 3, Number = 4, NumberResponse = 5, ResponseCode = 6;
    private const byte All = 1, GreaterOrEqual = 3, SequenceFilter = 1;
    private const byte Success = 1, OpNotSupported = 2, OperatorNotSupported = 4, NoRecords = 6, OperandNotSupported = 9;

    private readonly Lock _lock = new();
    private readonly Queue<(ushort Number, SimulatedPayload[] Payloads)> _records = new();
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
            _records.Enqueue((number, [.. payloads.Select(payload => Renumber(payload, number))]));
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
    public bool TryBegin(ReadOnlySpan<byte> request, out RecordReply reply)
    {
        lock (_lock)
        {
            byte op = request.Length > 0 ? request[0] : (byte)0;
            if (op == AbortOp)
            {
                Abort();
                reply = new RecordReply([], [ResponseCode, 0, AbortOp, Success]);
                return true;
            }

            if (_running is not null)
            {
                reply = new RecordReply([], []);
                return false;
            }

            reply = Answer(op, request.Length > 1 ? request[1] : (byte)0, request.Length > 2 ? request[2..] : []);
            _running = reply;
            return true;
        }
    }

    /// <summary>A request was answered in full: what it told is no news any more. What was stored meanwhile still is.</summary>
    public void End(RecordReply reply)
    {
        lock (_lock)
        {
            _told = reply.Records.Count > 0 ? Math.Max(_told, reply.UpTo) : _told;
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

    private RecordReply Answer(byte op, byte @operator, ReadOnlySpan<byte> operand)
    {
        if (op is not (Report or Number))
        {
            return new RecordReply([], [ResponseCode, 0, op, OpNotSupported]);
        }

        if (@operator is not (All or GreaterOrEqual))
        {
            return new RecordReply([], [ResponseCode, 0, op, OperatorNotSupported]);
        }

        if (@operator == GreaterOrEqual && (operand.Length != 3 || operand[0] != SequenceFilter))
        {
            return new RecordReply([], [ResponseCode, 0, op, OperandNotSupported]);
        }

        int from = @operator == All ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(operand[1..]);
        SimulatedPayload[][] wanted = [.. _records.Where(record => record.Number >= from).Select(record => record.Payloads)];
        if (op == Number)
        {
            byte[] answer = [NumberResponse, 0, 0, 0];
            BinaryPrimitives.WriteUInt16LittleEndian(answer.AsSpan(2), (ushort)wanted.Length);
            return new RecordReply([], answer);
        }

        return new RecordReply(wanted, [ResponseCode, 0, op, wanted.Length > 0 ? Success : NoRecords], _added);
    }

    /// <summary>Measurement and context carry the number in octets 1 and 2.</summary>
    private static SimulatedPayload Renumber(SimulatedPayload payload, ushort number)
    {
        byte[] octets = [.. payload.Octets];
        BinaryPrimitives.WriteUInt16LittleEndian(octets.AsSpan(1), number);
        return payload with { Octets = octets };
    }
}
