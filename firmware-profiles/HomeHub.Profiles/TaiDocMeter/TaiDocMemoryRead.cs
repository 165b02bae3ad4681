namespace HomeHub.Profiles.TaiDocMeter;

/// <summary>
/// Reads all records of a meter: what to write next, and what an answer brought. Pure; the caller writes, waits and tells when nothing came. An answer does not say of which record
/// it is, so a record's time is asked for before and after its value: only where both are the same the value is of that time. Bounded: <see cref="MaxRecords"/>, <see cref="MaxTries"/> for each
/// request, <see cref="MaxStarts"/>. Nothing is deleted. Not safe for several threads.
/// </summary>
/// <param name="user">User of the meter; 0 where it has none.</param>
public sealed class TaiDocMemoryRead(byte user = 0)
{
    /// <summary>Most records that are asked for; meters hold up to a thousand.</summary>
    public const int MaxRecords = 1_000;

    /// <summary>How often a request is written before the reading is given up.</summary>
    public const int MaxTries = 5;

    /// <summary>How often the reading begins anew because the records have moved: a new one is 0 and moves all others.</summary>
    public const int MaxStarts = 3;

    private byte _command = TaiDocFrame.Model;
    private byte[] _model = [], _time = [], _value = [];
    private int _index, _tries, _starts = 1;
    private bool _isOver;

    /// <summary>True when the last request has its answer, or it is over.</summary>
    public bool IsAnswered => _tries == 0 || _isOver;

    /// <summary>Records that the meter has, at most <see cref="MaxRecords"/>; null until it has told.</summary>
    public int? Records { get; private set; }

    /// <summary>True when all records were told.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>True when the meter did not answer, or with something else: what was told until then is good.</summary>
    public bool HasFailed => _isOver && !IsComplete;

    /// <summary>What to write now; null when it is over.</summary>
    public byte[]? Request()
    {
        if (_isOver || _tries++ >= MaxTries)
        {
            _isOver = true;
            return null;
        }

        bool isOfRecord = _command is TaiDocFrame.RecordTime or TaiDocFrame.RecordValue;
        return TaiDocFrame.Request(_command, isOfRecord ? (ushort)_index : (ushort)0, _command == TaiDocFrame.Model ? (byte)0 : user);
    }

    /// <summary>Takes an answer; gives a record's octets, three frames, when it is whole by it. A damaged answer is dropped and asked for again.</summary>
    public byte[]? Accept(ReadOnlySpan<byte> frame)
    {
        if (_isOver || TaiDocFrame.FaultOf(frame, _command) is not null)
        {
            return null;
        }

        _tries = 0;
        switch (_command)
        {
            case TaiDocFrame.Model:
                _model = frame.ToArray();
                _command = TaiDocFrame.RecordCount;
                return null;
            case TaiDocFrame.RecordCount:
                Records = Math.Min((int)TaiDocFrame.NumberOf(frame), MaxRecords);
                _command = TaiDocFrame.RecordTime;
                _isOver = IsComplete = Records == 0;
                return null;
            case TaiDocFrame.RecordTime when _value.Length == 0:
                _time = frame.ToArray();
                _command = TaiDocFrame.RecordValue;
                return null;
            case TaiDocFrame.RecordTime:
                return Confirm(frame);
            default:
                _value = frame.ToArray();
                _command = TaiDocFrame.RecordTime;
                return null;
        }
    }

    private byte[]? Confirm(ReadOnlySpan<byte> time)
    {
        byte[] value = _value;
        _value = [];
        if (time.SequenceEqual(_time))
        {
            _isOver = IsComplete = ++_index == Records;
            return [.. _model, .. time, .. value];
        }

        _index = 0;
        _command = TaiDocFrame.RecordCount;
        _isOver = ++_starts > MaxStarts;
        return null;
    }
}
