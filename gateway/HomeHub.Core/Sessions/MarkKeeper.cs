using HomeHub.Core.Peripherals;

namespace HomeHub.Core.Sessions;

/// <summary>
/// Finds the mark of a transfer: the record up to which everything is safe. Records are told in order and become safe in order. While a transfer runs,
/// the mark moves only along numbers that follow each other without a gap, from the marked record on: what a device sends by itself, or the newest
/// first, must not hide what it has not told yet. When the device has told everything and all of it is safe, the newest one is the mark. Safe for
/// several threads.
/// </summary>
/// <param name="service">16-bit UUID of the service.</param>
/// <param name="mark">The mark so far; null when there is none.</param>
public sealed class MarkKeeper(ushort service, RecordMark? mark)
{
    private readonly Lock _lock = new();
    private StoredRecord? _told, _safe, _newest;
    private readonly RecordMark? _mark = mark;
    private bool _follows = mark is not null;
    private bool _isComplete;
    private int _following, _open;

    /// <summary>The mark as it is now.</summary>
    public RecordMark? Mark
    {
        get
        {
            lock (_lock)
            {
                StoredRecord? record = _isComplete && _open == 0 ? _newest : _safe;
                return record is { } safe ? safe.ToMark(service) : _mark;
            }
        }
    }

    /// <summary>Whether a record is the one that was marked when the transfer began: it is safe already.</summary>
    public bool IsMark(StoredRecord record) => _mark is { } start && record.Is(start);

    /// <summary>A record was told.</summary>
    public void Told(StoredRecord record)
    {
        lock (_lock)
        {
            _follows &= _told is { } last ? (ushort)(record.SequenceNumber - last.SequenceNumber) is 0 or 1 : _mark is { } start && record.Is(start);
            _following += _follows ? 1 : 0;
            _told = record;
            _newest = _newest is { } newest && newest.IsNewerThan(record) ? newest : record;
            _open++;
        }
    }

    /// <summary>A record is on disk; called in the order of <see cref="Told"/>.</summary>
    public void Safe(StoredRecord record)
    {
        lock (_lock)
        {
            _open--;
            if (_following > 0)
            {
                _following--;
                _safe = record;
            }
        }
    }

    /// <summary>
    /// All records were asked for anew, as the device has numbered anew: what is told from now on starts from the beginning, and there is no mark until
    /// all is told.
    /// </summary>
    public void StartAnew()
    {
        lock (_lock)
        {
            (_told, _newest, _follows) = (null, null, false);
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
