using HomeHub.Core.Buffering;

namespace HomeHub.Sqlite;

/// <summary>The way of a reading to a recipient.</summary>
internal sealed partial class WriteSession
{
    private OldestOpen _oldestOpen = null!;
    private Statement _oldestBuffered = null!;
    private Statement _selectBuffered = null!;
    private Statement _findDelivery = null!;
    private Statement _setState = null!;
    private Statement _selectRejected = null!;
    private Statement _selectPatientIds = null!;
    private List<long>? _patientIds;

    private void PrepareDeliveries()
    {
        _oldestOpen = new OldestOpen(_connection);
        _oldestBuffered = _connection.Prepare(
            $"SELECT min(reading) FROM delivery INDEXED BY delivery_open WHERE recipient = ?1 AND state = 0 AND patient = ?2 AND {Schema.OpenOnly}");
        _selectBuffered = _connection.Prepare(
            $"""
             SELECT {ReadingRow.Columns} FROM reading WHERE id IN (
               SELECT reading FROM delivery INDEXED BY delivery_open
               WHERE recipient = ?1 AND state = 0 AND patient = ?2 AND {Schema.OpenOnly} ORDER BY reading LIMIT ?3)
             ORDER BY id
             """);
        _findDelivery = _connection.Prepare("SELECT state, reason, takeback FROM delivery WHERE reading = ?1 AND recipient = ?2");
        _setState = _connection.Prepare(
            """
            UPDATE delivery SET state = ?3, sent_at = ifnull(?4, sent_at), settled_at = ?5, reason = ?6, takeback = ?7 WHERE reading = ?1 AND recipient = ?2
            """);
        _selectRejected = _connection.Prepare(
            $"SELECT reading FROM delivery INDEXED BY delivery_open WHERE recipient = ?1 AND state = 3 AND {Schema.OpenOnly} LIMIT 1000");
        _selectPatientIds = _connection.Prepare("SELECT id FROM patient");
    }

    /// <summary>Ends what a dead process had leased.</summary>
    /// <returns>How many readings.</returns>
    public int EndLeases()
    {
        using Statement select = _connection.Prepare("SELECT id FROM recipient");
        using Statement end = _connection.Prepare(
            $"UPDATE delivery INDEXED BY delivery_open SET state = 0, takeback = min(takeback, 1) WHERE recipient = ?1 AND state = 1 AND {Schema.OpenOnly}");
        int ended = 0;
        while (select.Step())
        {
            int count = end.Bind(1, select.Int64(0)).Run();
            RecipientCounters names = NamesOf(_texts.Recipients.Get(select.Int64(0))!);
            _counters.Add(names.Of(DeliveryState.Sent), -count);
            _counters.Add(names.Of(DeliveryState.Buffered), count);
            ended += count;
        }

        return ended;
    }

    /// <summary>When the oldest reading was received that is buffered or sent; null where there is none.</summary>
    public DateTimeOffset? FindOldestUnreceipted() => _oldestOpen.Find();

    /// <summary>Leases were lost while the process runs on: what looks as if it was never sent may have been.</summary>
    public void NoteLostLeases() => _counters.Set(Counters.DoubtfulId, _counters.Get(Counters.LastId));

    /// <summary>Leases the oldest buffered readings of the patient who has the oldest.</summary>
    public IReadOnlyList<BufferedReading> Lease(Recipient recipient, int maxReadings, DateTimeOffset now)
    {
        if (_texts.Recipients.Find(recipient) is not { } to || FindOldestPatient(to) is not { } patient)
        {
            return [];
        }

        var leased = new List<BufferedReading>(Math.Min(maxReadings, 256));
        _selectBuffered.Bind(1, to).Bind(2, patient).Bind(3, maxReadings);
        while (_selectBuffered.Step())
        {
            leased.Add(ReadingRow.Read(_selectBuffered, _texts, _connection.Path));
        }

        foreach (BufferedReading reading in leased)
        {
            int takeBack = reading.Record.IsTakenBack ? TakeBackUnderWay : 0;
            SetState(reading.Id, to, DeliveryState.Sent, sentAt: now.UtcTicks, takeBack: takeBack);
            Move(recipient, DeliveryState.Buffered, DeliveryState.Sent);
        }

        return leased;
    }

    /// <summary>Gives leased readings back.</summary>
    public int Release(Recipient recipient, IReadOnlyList<long> ids)
    {
        int released = 0;
        foreach (long id in _texts.Recipients.Find(recipient) is null ? [] : ids)
        {
            long to = _texts.Recipients.Intern(recipient);
            if (FindState(id, to, out _, out int takeBack) == DeliveryState.Sent)
            {
                SetState(id, to, DeliveryState.Buffered, takeBack: Math.Min(takeBack, TakeBackWanted));
                Move(recipient, DeliveryState.Sent, DeliveryState.Buffered);
                released++;
            }
        }

        return released;
    }

    /// <summary>
    /// Ends deliveries. A receipt counts whenever it comes, also for a reading that is buffered again or was rejected. For one that was taken back since it
    /// was sent, it says that the taking back is to be sent now, and a refusal that there is nothing to take back.
    /// </summary>
    public int Settle(Recipient recipient, IReadOnlyList<long> receipted, IReadOnlyList<RejectedReading> rejected, DateTimeOffset now)
    {
        if (_texts.Recipients.Find(recipient) is not { } to)
        {
            return 0;
        }

        int settled = 0;
        foreach (long id in receipted)
        {
            DeliveryState? state = FindState(id, to, out string? reason, out int takeBack);
            bool isOfBefore = takeBack == TakeBackWanted;
            if (state is DeliveryState.Buffered or DeliveryState.Sent or DeliveryState.Rejected || (state == DeliveryState.Local && isOfBefore))
            {
                DeliveryState next = isOfBefore ? DeliveryState.Buffered : DeliveryState.Receipted;
                SetState(id, to, next, settledAt: isOfBefore ? null : now.UtcTicks, takeBack: takeBack);
                Move(recipient, state.Value, next);
                _counters.Add(NamesOf(recipient).OfReason(reason ?? string.Empty), state == DeliveryState.Rejected ? -1 : 0);
                _counters.Set(Counters.LastReceipt, now.UtcTicks);
                _counters.Set(Counters.LastReceiptOffset, now.TotalOffsetMinutes);
                NoteHistory(id);
                settled++;
            }
        }

        foreach (RejectedReading refusal in rejected)
        {
            DeliveryState? state = FindState(refusal.Id, to, out _, out int takeBack);
            if (takeBack == TakeBackWanted)
            {
                settled += state == DeliveryState.Sent ? KeepHere(refusal.Id, to, recipient, DeliveryState.Sent) : 0;
            }
            else if (state is DeliveryState.Buffered or DeliveryState.Sent)
            {
                SetState(refusal.Id, to, DeliveryState.Rejected, settledAt: now.UtcTicks, reason: refusal.Reason, takeBack: takeBack);
                Move(recipient, state.Value, DeliveryState.Rejected);
                _counters.Add(NamesOf(recipient).OfReason(refusal.Reason), 1);
                settled++;
            }
        }

        return settled;
    }

    /// <summary>Makes rejected readings buffered again.</summary>
    public int RetryRejected(Recipient recipient)
    {
        if (_texts.Recipients.Find(recipient) is not { } to)
        {
            return 0;
        }

        int retried = 0;
        for (List<long> ids = ReadRejected(to); ids.Count > 0; ids = ReadRejected(to))
        {
            foreach (long id in ids)
            {
                _ = FindState(id, to, out string? reason, out int takeBack);
                SetState(id, to, DeliveryState.Buffered, takeBack: Math.Min(takeBack, TakeBackWanted));
                Move(recipient, DeliveryState.Rejected, DeliveryState.Buffered);
                _counters.Add(NamesOf(recipient).OfReason(reason ?? string.Empty), -1);
            }

            retried += ids.Count;
        }

        return retried;
    }

    private List<long> ReadRejected(long recipient)
    {
        var ids = new List<long>();
        _selectRejected.Bind(1, recipient);
        while (_selectRejected.Step())
        {
            ids.Add(_selectRejected.Int64(0));
        }

        return ids;
    }

    /// <summary>One seek a patient: a household has a handful.</summary>
    private long? FindOldestPatient(long recipient)
    {
        (long Reading, long Patient)? oldest = null;
        foreach (long patient in PatientIds())
        {
            if (_oldestBuffered.Bind(1, recipient).Bind(2, patient).Number() is { } reading && !(oldest?.Reading < reading))
            {
                oldest = (reading, patient);
            }
        }

        return oldest?.Patient;
    }

    private List<long> PatientIds()
    {
        if (_patientIds is null)
        {
            _patientIds = [];
            while (_selectPatientIds.Step())
            {
                _patientIds.Add(_selectPatientIds.Int64(0));
            }
        }

        return _patientIds;
    }

    /// <summary>A reading of this patient was appended: a new patient joins the list.</summary>
    private void NotePatient(long patient)
    {
        if (_patientIds is { } ids && !ids.Contains(patient))
        {
            _patientIds = null;
        }
    }

    private DeliveryState? FindState(long reading, long recipient, out string? reason, out int takeBack)
    {
        DeliveryState? state = null;
        takeBack = 0;
        reason = null;
        if (_findDelivery.Bind(1, reading).Bind(2, recipient).Step())
        {
            state = (DeliveryState)_findDelivery.Int64(0);
            reason = _findDelivery.Text(1);
            takeBack = _findDelivery.Int32(2);
        }

        _findDelivery.Reset();
        return state;
    }

    private void SetState(
        long reading, long recipient, DeliveryState state, long? sentAt = null, long? settledAt = null, string? reason = null, int takeBack = 0) =>
        _setState.Bind(1, reading).Bind(2, recipient).Bind(3, (long)state).Bind(4, sentAt).Bind(5, settledAt).Bind(6, reason).Bind(7, takeBack).Run();
}
