namespace HomeHub.Profiles.TaiDocMeter;

/// <summary>
/// Reads all records of a meter, the newest first: what to write next, and what an answer brought. Pure; the caller writes, waits and tells when nothing came. An answer does not say of which
/// record it is, so a record's time is asked for before and after its value: only where both are the same the value is of that time. What tells a record from one with the same
/// octets is <see cref="TaiDocRepeats"/>. Bounded: <see cref="MaxRecords"/>, <see cref="MaxTries"/> for each request, <see cref="MaxStarts"/>. Nothing is deleted. Not safe for several threads.
/// </summary>
/// <param name="user">User of the meter; 0 where it has none.</param>
public sealed class TaiDocMemoryRead(byte user = 0)
{
    /// <summary>Most records that are asked for; meters hold up to a thousand. The reading of a meter that claims more is not complete.</summary>
    public const int MaxRecords = 1_000;

    /// <summary>How often a request is written before the reading is given up.</summary>
    public const int MaxTries = 5;

    /// <summary>How often the reading begins anew because the records have moved: a new one is 0 and moves all others.</summary>
    public const int MaxStarts = 3;

    private readonly TaiDocRepeats _repeats = new();
    private byte _command = TaiDocFrame.Model;
    private byte[] _model = [], _time = [], _value = [];
    private int _tries, _starts = 1;
    private bool _isOver, _hasLeftOut;

    /// <summary>True when the last request has its answer, or it is over.</summary>
    public bool IsAnswered => _tries == 0 || _isOver;

    /// <summary>Records that are asked for, at most <see cref="MaxRecords"/>; null until the meter has told how many it has.</summary>
    public int? Records { get; private set; }

    /// <summary>True when all records were told.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>True when the meter did not answer, with something else, or not all could be asked for: what was told until then is good.</summary>
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
        return TaiDocFrame.Request(_command, isOfRecord ? (ushort)_repeats.Index : (ushort)0, _command == TaiDocFrame.Model ? (byte)0 : user);
    }

    /// <summary>Takes an answer; gives a record's octets when it is whole by it (<see cref="TaiDocRecord.Octets"/>). A damaged answer is dropped and asked for again.</summary>
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
                _hasLeftOut = TaiDocFrame.NumberOf(frame) > MaxRecords;
                _command = TaiDocFrame.RecordTime;
                EndWhereAllIsRead();
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
        if (!time.SequenceEqual(_time) || !_repeats.TryAdd([.. time, .. value], out int? repeat))
        {
            StartAnew();
            return null;
        }

        EndWhereAllIsRead();
        return repeat switch
        {
            null => null,
            0 => [.. _model, .. time, .. value],
            _ => [.. _model, .. time, .. value, (byte)repeat],
        };
    }

    private void StartAnew()
    {
        _repeats.Clear();
        _command = TaiDocFrame.RecordCount;
        _isOver = ++_starts > MaxStarts;
    }

    private void EndWhereAllIsRead()
    {
        if (!_repeats.IsLookingBack && _repeats.Index == Records)
        {
            _isOver = true;
            IsComplete = !_hasLeftOut && !_repeats.HasLeftOut;
        }
    }
}
