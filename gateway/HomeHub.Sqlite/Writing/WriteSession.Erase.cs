using HomeHub.Core.Buffering;

namespace HomeHub.Sqlite;

/// <summary>Erasing what is kept of a patient.</summary>
internal sealed partial class WriteSession
{
    private Statement _selectOwn = null!;
    private Statement _selectStamps = null!;
    private Statement _hashStamp = null!;
    private Statement _countDroppable = null!;
    private Statement _deleteQuarantined = null!;

    private void PrepareErasing()
    {
        _selectOwn = _connection.Prepare(
            $"""
            SELECT id, EXISTS (SELECT 1 FROM delivery WHERE delivery.reading = reading.id AND {Schema.HeldOnly})
            FROM reading WHERE patient = ?1 AND id > ?2 ORDER BY id LIMIT ?3
            """);
        // By each source, so that those that are done are passed over by the index.
        _selectStamps = _connection.Prepare(
            """
            SELECT source, stamp, reading FROM source CROSS JOIN identifier
            WHERE source = source.id AND patient = ?1 AND stamp >= 0 AND NOT EXISTS (SELECT 1 FROM reading WHERE reading.id = identifier.reading) LIMIT ?2
            """);
        _hashStamp = _connection.Prepare("UPDATE identifier SET stamp = ?5 WHERE source = ?1 AND patient = ?2 AND stamp = ?3 AND reading = ?4");
        _countDroppable = _connection.Prepare($"SELECT count(*) FROM quarantine WHERE patient = ?1 AND {Schema.DroppableOnly}");
        _deleteQuarantined = _connection.Prepare("DELETE FROM quarantine WHERE patient = ?1");
    }

    /// <summary>Does one step of an erasure.</summary>
    public bool Step(Erasure erasure)
    {
        if (_texts.Patients.Find(erasure.Patient) is not { } patient)
        {
            erasure.IsDone = true;
        }
        else if (!erasure.HasReadings)
        {
            EraseReadings(erasure, patient);
        }
        else if (HashStamps(patient) == 0)
        {
            _counters.Add(Counters.QuarantineHeld, -(_countDroppable.Bind(1, patient).Number() ?? 0));
            erasure.Payloads = _deleteQuarantined.Bind(1, patient).Run();
            erasure.IsDone = true;
        }

        return erasure.IsDone;
    }

    private void EraseReadings(Erasure erasure, long patient)
    {
        var own = new List<(long Id, bool IsWaiting)>();
        _selectOwn.Bind(1, patient).Bind(2, erasure.After).Bind(3, Erasure.StepRows);
        while (_selectOwn.Step())
        {
            own.Add((_selectOwn.Int64(0), _selectOwn.Int64(1) != 0));
        }

        foreach ((long id, bool isWaiting) in own)
        {
            if (isWaiting && !erasure.WithWaiting)
            {
                erasure.Left++;
                continue;
            }

            CountWaitingNoMore(id);
            Delete(id);
            erasure.Erased++;
        }

        erasure.After = own.Count > 0 ? own[^1].Id : erasure.After;
        erasure.HasReadings = own.Count < Erasure.StepRows;
        NoteRoom();
    }

    /// <summary>What is erased on its way is neither waiting nor sent any more; what is settled stays counted, as what is pruned does.</summary>
    private void CountWaitingNoMore(long id)
    {
        foreach (HeldDelivery delivery in DeliveriesOf(id))
        {
            RecipientCounters names = NamesOf(_texts.Recipients.Get(delivery.Recipient)!);
            if (delivery.State is DeliveryState.Buffered or DeliveryState.Sent or DeliveryState.Rejected)
            {
                _counters.Add(names.Of(delivery.State), -1);
                _counters.Add(names.OfReason(delivery.Reason ?? string.Empty), delivery.State == DeliveryState.Rejected ? -1 : 0);
            }
        }
    }

    /// <summary>Takes from identifiers that were given out when it was; gives how many.</summary>
    private int HashStamps(long patient)
    {
        var rows = new List<(long Source, long Stamp, long Reading)>();
        _selectStamps.Bind(1, patient).Bind(2, Erasure.StepRows);
        while (_selectStamps.Step())
        {
            rows.Add((_selectStamps.Int64(0), _selectStamps.Int64(1), _selectStamps.Int64(2)));
        }

        foreach ((long source, long stamp, long reading) in rows)
        {
            _hashStamp.Bind(1, source).Bind(2, patient).Bind(3, stamp).Bind(4, reading).Bind(5, _marks.OfStamp(stamp)).Run();
        }

        return rows.Count;
    }
}
