using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;

namespace HomeHub.Sqlite;

/// <summary>What persons let a recipient have.</summary>
internal sealed partial class WriteSession
{
    private Statement _selectInState = null!;
    private Statement _selectWithout = null!;
    private Statement _selectWithheld = null!;

    private void PrepareConsent()
    {
        // By the primary key, in the order of readings: the index of what is open would sort all of it anew for each step.
        _selectInState = _connection.Prepare(
            $"""
             SELECT {ReadingRow.Columns} FROM reading WHERE id IN (
               SELECT reading FROM delivery WHERE recipient = ?1 AND state = ?2 AND reading > ?3 ORDER BY reading LIMIT ?4)
             ORDER BY id
             """);
        _selectWithout = _connection.Prepare(
            $"""
             SELECT {ReadingRow.Columns} FROM reading WHERE id > ?2 AND id <= ?3
               AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.reading = reading.id AND (recipient = ?1 OR state IN (4, 5, 6)))
             ORDER BY id
             """);
        _selectWithheld = _connection.Prepare("SELECT recipient FROM delivery WHERE reading = ?1 AND state = 7");
    }

    /// <summary>Keeps readings here that wait or are leased.</summary>
    public int Withhold(Recipient recipient, IReadOnlyList<long> ids)
    {
        int withheld = 0;
        foreach (long id in _texts.Recipients.Find(recipient) is null ? [] : ids)
        {
            long to = _texts.Recipients.Intern(recipient);
            if (FindState(id, to, out _, out int takeBack) is (DeliveryState.Buffered or DeliveryState.Sent) and { } state)
            {
                SetState(id, to, DeliveryState.Withheld, takeBack: Math.Min(takeBack, TakeBackWanted));
                Move(recipient, state, DeliveryState.Withheld);
                NoteHistory(id);
                withheld++;
            }
        }

        return withheld;
    }

    /// <summary>Does one step of a review.</summary>
    public bool Step(ConsentReview review)
    {
        long to = _texts.Recipients.Intern(review.Recipient);
        List<BufferedReading> page = review.Phase is { } state
            ? ReadRows(_selectInState.Bind(1, to).Bind(2, (long)state).Bind(3, review.After).Bind(4, ConsentReview.StepReadings))
            : ReadRows(_selectWithout.Bind(1, to).Bind(2, review.After).Bind(3, review.After + ConsentReview.StepNumbers));
        foreach (BufferedReading reading in page)
        {
            bool mayGo = review.Permits(reading.Record);
            review.Changed += review.Phase switch
            {
                DeliveryState.Buffered => mayGo ? 0 : Withhold(review.Recipient, [reading.Id]),
                DeliveryState.Withheld => mayGo ? Free(reading.Id, to, review.Recipient) : 0,
                _ => Deliver(reading, to, review.Recipient, mayGo ? DeliveryState.Buffered : DeliveryState.Withheld),
            };
        }

        if (review.Phase is null)
        {
            review.After += ConsentReview.StepNumbers;
            review.IsDone = review.After >= _counters.Get(Counters.LastId);
        }
        else if (page.Count == ConsentReview.StepReadings)
        {
            review.After = page[^1].Id;
        }
        else
        {
            (review.Phase, review.After) = (review.Phase == DeliveryState.Buffered ? DeliveryState.Withheld : null, 0);
        }

        return review.IsDone;
    }

    private int Free(long id, long to, Recipient recipient)
    {
        _ = FindState(id, to, out _, out int takeBack);
        SetState(id, to, DeliveryState.Buffered, takeBack: takeBack);
        Move(recipient, DeliveryState.Withheld, DeliveryState.Buffered);
        return 1;
    }

    private int Deliver(BufferedReading reading, long to, Recipient recipient, DeliveryState state)
    {
        if (reading.Record.IsTakenBack)
        {
            // Never sent there, so there is nothing to take back.
            return 0;
        }

        _insertDelivery.Bind(1, reading.Id).Bind(2, to).Bind(3, (long)state).Bind(4, _texts.Patients.Intern(reading.Record.Patient)).BindNull(5).Run();
        _counters.Add(NamesOf(recipient).Of(state), 1);
        return 1;
    }

    /// <summary>A reading that is removed stayed here for good.</summary>
    private void CountWithheldAsLocal(long id)
    {
        _selectWithheld.Bind(1, id);
        while (_selectWithheld.Step())
        {
            Move(_texts.Recipients.Get(_selectWithheld.Int64(0))!, DeliveryState.Withheld, DeliveryState.Local);
        }
    }
}
