namespace HomeHub.Profiles.TaiDocMeter;

/// <summary>
/// Reads all records of a meter: what to write next, and what an answer brought. Pure; the caller writes, waits and tells when nothing came. Bounded: <see cref="MaxRecords"/>, and
/// <see cref="MaxTries"/> for each request. Nothing is deleted. Not safe for several threads.
/// </summary>
/// <param name="user">User of the meter; 0 where it has none.</param>
public sealed class TaiDocMemoryRead(byte user = 0)
{
    /// <summary>Most records that are asked for; meters hold up to a thousand.</summary>
    public const int MaxRecords = 1_000;

    /// <summary>How often a request is written before the reading is given up.</summary>
    public const int MaxTries = 5;

    private byte _command = TaiDocFrame.Model;
    private byte[] _model = [], _time = [];
    private int _index, _tries;
    private bool _isOver;

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
            case TaiDocFrame.RecordTime:
                _time = frame.ToArray();
                _command = TaiDocFrame.RecordValue;
                return null;
            default:
                _command = TaiDocFrame.RecordTime;
                _isOver = IsComplete = ++_index == Records;
                return [.. _model, .. _time, .. frame];
        }
    }
}
