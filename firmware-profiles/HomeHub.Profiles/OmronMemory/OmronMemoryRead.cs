namespace HomeHub.Profiles.OmronMemory;

/// <summary>
/// Reads all slots of a monitor: what to write next, and what an answer brought. Pure; the caller writes, waits and tells when nothing came. Slots are asked for one by one, so
/// that an answer is one record. Bounded: one request for each slot, one to begin, one to end, and <see cref="MaxTries"/> for each. Not safe for several threads.
/// </summary>
/// <param name="map">Where the monitor keeps its records.</param>
public sealed class OmronMemoryRead(OmronMemoryMap map)
{
    /// <summary>How often a request is written before the reading is given up.</summary>
    public const int MaxTries = 5;

    private int _step = -1;
    private int _tries;
    private byte[] _last = [];
    private bool _isOver;

    /// <summary>True when the last request has its answer, or it is over.</summary>
    public bool IsAnswered => _tries == 0 || _isOver;

    /// <summary>Slots in all.</summary>
    public int Slots => map.UserAddresses.Length * map.SlotsPerUser;

    /// <summary>True when all was told and the monitor has acknowledged the end.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>True when the monitor refused, answered something else, or not at all: what was told until then is good.</summary>
    public bool HasFailed => _isOver && !IsComplete;

    /// <summary>What to write now, 8 octets on the first channel; null when it is over.</summary>
    public byte[]? Request()
    {
        if (_isOver)
        {
            return null;
        }

        if (_tries++ >= MaxTries)
        {
            _isOver = true;
            return null;
        }

        return _step < 0 ? OmronFrame.Start() : _step < Slots ? OmronFrame.Read(Address, (byte)map.RecordOctets) : OmronFrame.End();
    }

    /// <summary>
    /// Takes an answer; gives the frame when it is a slot that holds a record, to be passed on as a payload. A frame that is damaged is dropped and asked for again; one that
    /// is whole and no answer to the request ends the reading, unless it is the one before once more: an answer that came late was asked for twice.
    /// </summary>
    public byte[]? Accept(byte[] frame)
    {
        if (_isOver || !OmronFrame.IsWhole(frame) || frame.AsSpan().SequenceEqual(_last))
        {
            return null;
        }

        ushort type = OmronFrame.TypeOf(frame);
        if (_step < 0 ? type != OmronFrame.Started : _step < Slots ? !IsSlot(frame, type) : type != OmronFrame.Ended || frame[OmronFrame.HeaderOctets] != 0)
        {
            _isOver = true;
            return null;
        }

        _last = frame;
        bool isRecord = _step >= 0 && _step < Slots && !OmronRecord.IsEmpty(frame.AsSpan(OmronFrame.HeaderOctets, map.RecordOctets));
        _isOver = IsComplete = _step == Slots;
        _step++;
        _tries = 0;
        return isRecord ? frame : null;
    }

    private ushort Address => map.AddressOf(_step / map.SlotsPerUser, _step % map.SlotsPerUser);

    private bool IsSlot(byte[] frame, ushort type) =>
        type == OmronFrame.Told && OmronFrame.AddressOf(frame) == Address && frame.Length == map.RecordOctets + OmronFrame.OverheadOctets;
}
