using HomeHub.Core.Peripherals;

namespace HomeHub.Core.Sessions;

/// <summary>
/// Finds the mark of a transfer: the record up to which everything is safe. Records are told in order and become safe in order. While their numbers
/// ascend each safe one is the mark; a device that tells the newest first gets a new mark only when all is told and safe. Safe for several threads.
/// </summary>
/// <param name="service">16-bit UUID of the service.</param>
/// <param name="mark">The mark so far; null when there is none.</param>
public sealed class MarkKeeper(ushort service, RecordMark? mark)
{
    private readonly Lock _lock = new();
    private RecordMark? _mark = mark;
    private StoredRecord? _told, _safe, _highest;
    private bool _ascends = true;
    private bool _isComplete;
    private int _open;

    /// <summary>The mark as it is now.</summary>
    public RecordMark? Mark
    {
        get
        {
            lock (_lock)
            {
                StoredRecord? record = _ascends ? _safe : _isComplete && _open == 0 ? _highest : null;
                return record is { } safe ? new RecordMark(service, safe.SequenceNumber, safe.OctetsHash) : _mark;
            }
        }
    }

    /// <summary>A record was told.</summary>
    public void Told(StoredRecord record)
    {
        lock (_lock)
        {
            _ascends &= _told is not { } last || record.SequenceNumber >= last.SequenceNumber;
            _told = record;
            _highest = _highest is { } highest && highest.SequenceNumber > record.SequenceNumber ? highest : record;
            _open++;
        }
    }

    /// <summary>A record is on disk; called in the order of <see cref="Told"/>.</summary>
    public void Safe(StoredRecord record)
    {
        lock (_lock)
        {
            _safe = record;
            _open--;
        }
    }

    /// <summary>All records were asked for anew, as the device has numbered anew: what is told from now on starts from the beginning.</summary>
    public void StartAnew()
    {
        lock (_lock)
        {
            _told = _highest = null;
        }
    }

    /// <summary>The device has told everything.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _isComplete = true;
        }
    }
}
