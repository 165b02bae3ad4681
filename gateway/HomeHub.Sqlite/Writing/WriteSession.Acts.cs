using HomeHub.Core.Acquisition;
using HomeHub.Core.Acts;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;

namespace HomeHub.Sqlite;

/// <summary>What persons do with readings.</summary>
internal sealed partial class WriteSession
{
    /// <summary><c>takeback</c>: to be sent; what was sent before may still be receipted.</summary>
    private const int TakeBackWanted = 1;

    /// <summary><c>takeback</c>: under way, and after its receipt done.</summary>
    private const int TakeBackUnderWay = 2;

    private Statement _findAct = null!;
    private Statement _insertAct = null!;
    private Statement _findReading = null!;
    private Statement _findContexts = null!;
    private Statement _isHeld = null!;
    private Statement _isTakenBack = null!;
    private Statement _selectDeliveries = null!;
    private Statement _setDelivery = null!;
    private Statement _setOwner = null!;
    private Statement _setTakenBack = null!;

    private void PrepareActs()
    {
        _findAct = _connection.Prepare("SELECT 1 FROM act WHERE uuid = ?1");
        _insertAct = _connection.Prepare(
            """
            INSERT INTO act (uuid, kind, reading, at, at_offset, who, reason, before, patient, new_reading)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            """);
        _findReading = _connection.Prepare($"SELECT {ReadingRow.Columns} FROM reading WHERE id = ?1");
        _findContexts = _connection.Prepare($"SELECT {ReadingRow.Columns} FROM reading WHERE patient = ?1 AND measurement = ?2 ORDER BY id");
        _isHeld = _connection.Prepare("SELECT 1 FROM reading WHERE patient = ?1 AND identity = ?2");
        _isTakenBack = _connection.Prepare("SELECT 1 FROM reading WHERE patient = ?1 AND identity = ?2 AND taken_back = 1");
        _selectDeliveries = _connection.Prepare("SELECT recipient, state, sent_at, reason FROM delivery WHERE reading = ?1");
        _setDelivery = _connection.Prepare(
            "UPDATE delivery SET state = ?3, patient = ?4, reason = ?5, takeback = ?6, settled_at = NULL WHERE reading = ?1 AND recipient = ?2");
        _setOwner = _connection.Prepare("UPDATE reading SET patient = ?2, identifier_taken = ?3 WHERE id = ?1");
        _setTakenBack = _connection.Prepare("UPDATE reading SET taken_back = 1 WHERE id = ?1");
    }

    /// <summary>A process has started: where the last one did not end in order, a lease of its may be lost.</summary>
    public void NoteStart()
    {
        if (_counters.Get(Counters.CleanEnd) == 0)
        {
            _counters.Set(Counters.DoubtfulId, _counters.Get(Counters.LastId));
        }

        _counters.Set(Counters.CleanEnd, 0);
    }

    /// <summary>Does an act and records it.</summary>
    public ActOutcome Act(ReadingAct act, Func<AcquiredReading, IReadOnlyList<NewDelivery>> decide)
    {
        Span<byte> uuid = stackalloc byte[16];
        act.Id.TryWriteBytes(uuid, bigEndian: true, out _);
        if (_findAct.Bind(1, uuid).Number() is not null)
        {
            return ActOutcome.Done;
        }

        List<BufferedReading> found = ReadRows(_findReading.Bind(1, act.Reading));
        if (found is not [var reading])
        {
            return ActOutcome.NotFound;
        }

        if (Refuse(act, reading) is { } refused)
        {
            return refused;
        }

        List<BufferedReading> group = [reading, .. ContextsOf(reading)];
        if (!group.TrueForAll(one => one.Record.TryDecode(out _)))
        {
            return ActOutcome.Undecodable;
        }

        long? given = null;
        switch (act.Kind)
        {
            case ActKind.Assign:
                group.ForEach(one => Assign(one, act.Patient!, decide));
                break;
            case ActKind.Discard:
                group.ForEach(one => Discard(one, act.Reason!));
                break;
            default:
                given = act.Patient is { } other ? Give(group, other, decide) : null;
                group.ForEach(TakeBack);
                break;
        }

        Record(act, reading.Record.Patient, given);
        return ActOutcome.Done;
    }

    /// <summary>Stores a reading that a person enters, and records that.</summary>
    public ActOutcome Enter(ReadingAct act, PreparedReading entered)
    {
        Span<byte> uuid = stackalloc byte[16];
        act.Id.TryWriteBytes(uuid, bigEndian: true, out _);
        if (_findAct.Bind(1, uuid).Number() is not null)
        {
            return ActOutcome.Done;
        }

        if (IsSeen(entered.Reading.Identity))
        {
            return IsHeldTakenBack(entered.Reading) ? ActOutcome.TakenBackBefore : ActOutcome.KnownBefore;
        }

        if (!TryMakeRoom([entered]))
        {
            NoteFull();
            return ActOutcome.Full;
        }

        Record(act with { Reading = Store(entered) }, PatientReference.Nobody, null);
        return ActOutcome.Done;
    }

    private void Record(ReadingAct act, PatientReference before, long? given)
    {
        Span<byte> uuid = stackalloc byte[16];
        act.Id.TryWriteBytes(uuid, bigEndian: true, out _);
        _insertAct.Bind(1, uuid).Bind(2, (long)act.Kind).Bind(3, act.Reading);
        ReadingRow.BindTime(_insertAct, 4, act.At);
        _insertAct.Bind(6, act.Who).Bind(7, act.Reason).Bind(8, before.Key).Bind(9, act.Patient?.Key).Bind(10, given).Run();
    }

    /// <summary>Why the act can't be done with the reading; null when it can.</summary>
    private ActOutcome? Refuse(ReadingAct act, BufferedReading reading)
    {
        bool isUnassigned = DeliveriesOf(reading.Id).Exists(delivery => delivery.State == DeliveryState.Unassigned);
        if (act.Kind != ActKind.TakeBack && !isUnassigned)
        {
            return ActOutcome.NotUnassigned;
        }

        if (act.Kind == ActKind.TakeBack && reading.Record.Patient.IsNobody)
        {
            return ActOutcome.Unassigned;
        }

        if (reading.Record.Patient.IsRoom && act.Patient is not null)
        {
            // What is of the room becomes nobody's.
            return ActOutcome.NotUnassigned;
        }

        if (reading.Record.IsTakenBack)
        {
            return ActOutcome.TakenBackBefore;
        }

        return act.Kind == ActKind.TakeBack && act.Patient == reading.Record.Patient ? ActOutcome.SamePerson
            : reading.Record.Measurement is { } measurement && IsHeld(reading.Record.Patient, measurement) ? ActOutcome.ContextOfMeasurement
            : null;
    }

    private void Assign(BufferedReading reading, PatientReference patient, Func<AcquiredReading, IReadOnlyList<NewDelivery>> decide)
    {
        AcquiredReading owned = reading.Record with { Patient = patient };
        PreparedReading prepared = PreparedReading.Of(new NewReading(owned, decide(owned)));
        bool isTaken = prepared.Codes.Length > 0 && ClaimIdentifiers(owned, reading.Id, prepared.Codes);
        long to = _texts.Patients.Intern(patient);
        _setOwner.Bind(1, reading.Id).Bind(2, to).Bind(3, isTaken ? 1 : 0).Run();
        NotePatient(to);
        foreach (HeldDelivery unassigned in DeliveriesOf(reading.Id))
        {
            _counters.Add(NamesOf(_texts.Recipients.Get(unassigned.Recipient)!).Of(unassigned.State), -1);
        }

        _deleteDelivery.Bind(1, reading.Id).Run();
        InsertDeliveries(reading.Id, to, prepared);
    }

    private void Discard(BufferedReading reading, string reason)
    {
        long nobody = _texts.Patients.Intern(PatientReference.Nobody);
        foreach (HeldDelivery delivery in DeliveriesOf(reading.Id))
        {
            Change(reading.Id, delivery, DeliveryState.Discarded, nobody, reason, 0);
        }

        NoteHistory(reading.Id);
    }

    /// <summary>Stores the readings as another person's; gives the number of the first.</summary>
    private long? Give(List<BufferedReading> group, PatientReference other, Func<AcquiredReading, IReadOnlyList<NewDelivery>> decide)
    {
        long? first = null;
        RecordIdentity measurement = group[0].Record.Identity.For(other);
        foreach (BufferedReading reading in group)
        {
            AcquiredReading given = reading.Record.For(other, reading == group[0] ? null : measurement);
            if (!IsSeen(given.Identity))
            {
                long id = Store(PreparedReading.Of(new NewReading(given, decide(given))));
                first ??= id;
            }
        }

        return first;
    }

    private void TakeBack(BufferedReading reading)
    {
        _setTakenBack.Bind(1, reading.Id).Run();
        _counters.Add(Counters.TakenBack, 1);
        long patient = _texts.Patients.Intern(reading.Record.Patient);
        foreach (HeldDelivery delivery in DeliveriesOf(reading.Id))
        {
            bool maySent = delivery.WasSent || reading.Id <= _counters.Get(Counters.DoubtfulId);
            (DeliveryState next, int takeBack) = delivery.State switch
            {
                DeliveryState.Buffered when !maySent => (DeliveryState.Local, 0),
                DeliveryState.Buffered or DeliveryState.Receipted => (DeliveryState.Buffered, TakeBackWanted),
                DeliveryState.Sent => (DeliveryState.Sent, TakeBackWanted),
                DeliveryState.Withheld => maySent ? (DeliveryState.Withheld, TakeBackWanted) : (DeliveryState.Local, 0),
                // Refused, so nothing is there to take back; should an earlier sending be receipted after all, there is.
                DeliveryState.Rejected => (DeliveryState.Local, TakeBackWanted),
                var stays => (stays, 0),
            };
            Change(reading.Id, delivery, next, patient, null, takeBack);
        }

        NoteHistory(reading.Id);
    }

    /// <summary>A reading that was taken back and never arrived: it stays here, and is history.</summary>
    private int KeepHere(long id, long to, Recipient recipient, DeliveryState from)
    {
        SetState(id, to, DeliveryState.Local, takeBack: TakeBackWanted);
        Move(recipient, from, DeliveryState.Local);
        NoteHistory(id);
        return 1;
    }

    private void Change(long id, HeldDelivery delivery, DeliveryState state, long patient, string? reason, int takeBack)
    {
        Recipient recipient = _texts.Recipients.Get(delivery.Recipient)!;
        if (delivery.State == DeliveryState.Rejected)
        {
            _counters.Add(NamesOf(recipient).OfReason(delivery.Reason ?? string.Empty), -1);
        }

        _setDelivery.Bind(1, id).Bind(2, delivery.Recipient).Bind(3, (long)state).Bind(4, patient).Bind(5, reason).Bind(6, takeBack).Run();
        Move(recipient, delivery.State, state);
    }

    private List<BufferedReading> ContextsOf(BufferedReading reading)
    {
        Span<byte> identity = stackalloc byte[RecordIdentity.LengthBytes];
        reading.Record.Identity.Write(identity);
        return [.. ReadRows(_findContexts.Bind(1, _texts.Patients.Intern(reading.Record.Patient)).Bind(2, identity)).Where(one => !one.Record.IsTakenBack)];
    }

    private bool IsHeld(PatientReference patient, RecordIdentity measurement) => Finds(_isHeld, patient, measurement);

    private bool IsHeldTakenBack(AcquiredReading reading) => Finds(_isTakenBack, reading.Patient, reading.Identity);

    private bool Finds(Statement select, PatientReference patient, RecordIdentity identity)
    {
        Span<byte> octets = stackalloc byte[RecordIdentity.LengthBytes];
        identity.Write(octets);
        return select.Bind(1, _texts.Patients.Intern(patient)).Bind(2, octets).Number() is not null;
    }

    private List<BufferedReading> ReadRows(Statement select)
    {
        var rows = new List<BufferedReading>();
        while (select.Step())
        {
            rows.Add(ReadingRow.Read(select, _texts, _connection.Path));
        }

        return rows;
    }

    private List<HeldDelivery> DeliveriesOf(long id)
    {
        var deliveries = new List<HeldDelivery>();
        _selectDeliveries.Bind(1, id);
        while (_selectDeliveries.Step())
        {
            deliveries.Add(new HeldDelivery(
                _selectDeliveries.Int64(0), (DeliveryState)_selectDeliveries.Int64(1), !_selectDeliveries.IsNull(2), _selectDeliveries.Text(3)));
        }

        return deliveries;
    }
}
