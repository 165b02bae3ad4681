using HomeHub.Core.Buffering;
using Microsoft.Extensions.Logging;

namespace HomeHub.Sqlite;

/// <summary>The size limit, and what goes when it is reached.</summary>
internal sealed partial class WriteSession
{
    private const long MiB = 1024 * 1024;

    /// <summary>Bytes a reading takes beside its octets, in all tables together, at most (measured: 230).</summary>
    private const int ReadingOverheadBytes = 320;

    /// <summary>Bytes of a row in the table <c>seen</c>, with the room that is left free in its page.</summary>
    private const int SeenRowBytes = 44;

    private const int PruneStep = 500;

    private Statement _pageCount = null!;
    private Statement _freePages = null!;
    private Statement _selectHistory = null!;
    private Statement _isHistory = null!;
    private Statement _deleteDelivery = null!;
    private Statement _deleteReading = null!;
    private long _pruneCursor;
    private bool _isFull;

    /// <summary>True since a reading was refused, until there is room.</summary>
    public bool IsFull => Volatile.Read(ref _isFull);

    private long DataLimitBytes => (_options.MaxSizeMiB * MiB) - _options.LogBudgetBytes;

    private void PrepareRoom()
    {
        _pageCount = _connection.Prepare("PRAGMA page_count");
        _freePages = _connection.Prepare("PRAGMA freelist_count");
        _selectHistory = _connection.Prepare(
            $"""
            SELECT id FROM reading WHERE id > ?1
              AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.reading = reading.id AND {Schema.HeldOnly})
            ORDER BY id LIMIT ?2
            """);
        _isHistory = _connection.Prepare(
            $"""
            SELECT 1 FROM reading WHERE id = ?1
              AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.reading = reading.id AND {Schema.HeldOnly})
            """);
        _deleteDelivery = _connection.Prepare("DELETE FROM delivery WHERE reading = ?1");
        _deleteReading = _connection.Prepare("DELETE FROM reading WHERE id = ?1");
    }

    /// <summary>Bytes in use in the database, without the log, with those that the recent identities will take.</summary>
    public long UsedBytes =>
        (((_pageCount.Number() ?? 0) - (_freePages.Number() ?? 0)) * _connection.PageBytes) + ((_recent?.Count ?? 0) * SeenRowBytes);

    /// <summary>Removes those of the readings that are (still) history.</summary>
    public int Prune(IReadOnlyList<long> ids)
    {
        int pruned = 0;
        foreach (long id in ids)
        {
            if (_isHistory.Bind(1, id).Number() is not null)
            {
                Delete(id);
                pruned++;
            }
        }

        if (pruned > 0)
        {
            NoteRoom();
        }

        return pruned;
    }

    /// <summary>Gives some of the room that is free back to the disk.</summary>
    /// <returns>Whether there is more to give.</returns>
    public bool GiveBack() => Compaction.GiveBack(_connection, Compaction.StepPages);

    private void Delete(long id)
    {
        if (id > _counters.Get(Counters.MergedId))
        {
            MergeRecent();
        }

        CountWithheldAsLocal(id);
        NoteLeaving(id);
        _deleteDelivery.Bind(1, id).Run();
        _deleteReading.Bind(1, id).Run();
        _counters.Add(Counters.Held, -1);
    }

    private bool TryMakeRoom(PreparedReading[] readings)
    {
        long needed = 0;
        foreach (PreparedReading reading in readings)
        {
            needed += ReadingOverheadBytes + reading.Reading.Octets.Length;
        }

        if (UsedBytes + needed <= DataLimitBytes)
        {
            return true;
        }

        // Some more than is needed, so that this is not done again at each append.
        long goal = DataLimitBytes - needed - Math.Min(MiB / 4, DataLimitBytes / 50);
        while (UsedBytes > goal && PruneOldest())
        {
        }

        return UsedBytes + needed <= DataLimitBytes || (DropMarks() && UsedBytes + needed <= DataLimitBytes);
    }

    private bool PruneOldest()
    {
        var ids = new List<long>(PruneStep);
        _selectHistory.Bind(1, _pruneCursor).Bind(2, PruneStep);
        while (_selectHistory.Step())
        {
            ids.Add(_selectHistory.Int64(0));
        }

        ids.ForEach(Delete);
        // What lies before the cursor and is still here has a delivery open; its receipt sets the cursor back.
        _pruneCursor = ids.Count > 0 ? ids[^1] : _counters.Get(Counters.LastId);
        return ids.Count > 0;
    }

    private void NoteHistory(long id) => _pruneCursor = Math.Min(_pruneCursor, id - 1);

    private void NoteRoom()
    {
        if (_isFull)
        {
            WhenDone(() =>
            {
                Volatile.Write(ref _isFull, false);
                _logger.LogInformation("The buffer has room again and takes readings.");
            });
        }
    }

    private void NoteFull()
    {
        if (!_isFull)
        {
            WhenDone(() =>
            {
                Volatile.Write(ref _isFull, true);
                _logger.LogCritical(
                    "THE BUFFER IS FULL: {LimitMiB} MiB of readings wait for a receipt. No more readings are taken from devices, which keep them, until some are receipted or the limit is raised.",
                    _options.MaxSizeMiB);
            });
        }
    }
}
