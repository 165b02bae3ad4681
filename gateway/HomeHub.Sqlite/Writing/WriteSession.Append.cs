using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.People;

namespace HomeHub.Sqlite;

/// <summary>Appending.</summary>
internal sealed partial class WriteSession
{
    private Statement _insertReading = null!;
    private Statement _insertDelivery = null!;
    private Statement _findIdentifiers = null!;
    private Statement _insertIdentifier = null!;

    private void PrepareAppend()
    {
        _insertReading = _connection.Prepare(ReadingRow.Insert);
        _insertDelivery = _connection.Prepare("INSERT INTO delivery (reading, recipient, state, patient, reason) VALUES (?1, ?2, ?3, ?4, ?5)");
        _findIdentifiers = _connection.Prepare("SELECT codes FROM identifier WHERE source = ?1 AND patient = ?2 AND stamp IN (?3, ?4)");
        _insertIdentifier = _connection.Prepare("INSERT INTO identifier (source, patient, stamp, reading, codes) VALUES (?1, ?2, ?3, ?4, ?5)");
    }

    /// <summary>Appends those that are not known. When they don't all fit, none is taken.</summary>
    public AppendOutcome[] Append(PreparedReading[] readings)
    {
        var outcomes = new AppendOutcome[readings.Length];
        bool fits = TryMakeRoom(readings);
        for (int i = 0; i < readings.Length; i++)
        {
            outcomes[i] = fits ? Append(readings[i]) : Refuse(readings[i]);
        }

        if (fits)
        {
            NoteRoom();
        }
        else if (Array.IndexOf(outcomes, AppendOutcome.Full) >= 0)
        {
            NoteFull();
        }

        return outcomes;
    }

    private AppendOutcome Append(in PreparedReading added)
    {
        AcquiredReading reading = added.Reading;
        NoteTelling(reading.Device.Address);
        if (IsSeen(reading.Identity))
        {
            _counters.Add(Counters.Duplicates, 1);
            return AppendOutcome.Duplicate;
        }

        Store(added);
        return AppendOutcome.Stored;
    }

    /// <summary>Stores a reading that is not known; gives its number.</summary>
    private long Store(in PreparedReading added)
    {
        AcquiredReading reading = added.Reading;
        long id = _counters.Get(Counters.LastId) + 1;
        bool isTaken = added.Codes.Length > 0 && ClaimIdentifiers(reading, id, added.Codes);
        ReadingRow.Bind(_insertReading, id, reading, _texts, isTaken);
        _insertReading.Run();
        NoteSeen(reading.Identity);
        long patient = _texts.Patients.Intern(reading.Patient);
        NotePatient(patient);
        InsertDeliveries(id, patient, added);
        _counters.Set(Counters.LastId, id);
        _counters.Add(Counters.Taken, 1);
        _counters.Add(Counters.Held, 1);
        _counters.Add(Counters.Identities, 1);
        return id;
    }

    private void InsertDeliveries(long id, long patient, in PreparedReading added)
    {
        foreach (NewDelivery delivery in added.Deliveries)
        {
            _insertDelivery
                .Bind(1, id)
                .Bind(2, _texts.Recipients.Intern(delivery.Recipient))
                .Bind(3, (long)delivery.State)
                .Bind(4, patient)
                .Bind(5, delivery.State == DeliveryState.Unassigned ? added.Reading.Unassigned.ToWire() : null)
                .Run();
            _counters.Add(NamesOf(delivery.Recipient).Of(delivery.State), 1);
        }
    }

    private AppendOutcome Refuse(in PreparedReading added)
    {
        if (!IsSeen(added.Reading.Identity))
        {
            return AppendOutcome.Full;
        }

        _counters.Add(Counters.Duplicates, 1);
        return AppendOutcome.Duplicate;
    }

    /// <summary>
    /// Notes what identifiers the reading gets; true when another one has a common one. They outlive the reading: a server
    /// would drop a later record under an identifier that it has stored, however long ago.
    /// </summary>
    private bool ClaimIdentifiers(AcquiredReading reading, long id, byte[] codes)
    {
        long source = _texts.Sources.Intern(reading.Device.IdentityHex);
        long patient = _texts.Patients.Intern(reading.Patient);
        long stamp = PackedStamp.Pack(reading.Stamp!.Value);
        bool isTaken = false;
        _findIdentifiers.Bind(1, source).Bind(2, patient).Bind(3, stamp).Bind(4, _marks.OfStamp(stamp));
        while (_findIdentifiers.Step())
        {
            isTaken |= IdentifierCodes.Overlap(codes, _findIdentifiers.Blob(0));
        }

        _insertIdentifier.Bind(1, source).Bind(2, patient).Bind(3, stamp).Bind(4, id).Bind(5, codes.AsSpan()).Run();
        return isTaken;
    }
}
