using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.People;

namespace HomeHub.Sqlite;

/// <summary>Carries over the deliveries of readings. Where they can't be read, the reading is buffered for every known recipient; one of nobody stays nobody's.</summary>
internal sealed class SalvagedDeliveries : IDisposable
{
    private readonly Statement? _select;
    private readonly Statement _insert;
    private readonly Statement _recipients;
    private readonly Texts _texts;

    public SalvagedDeliveries(Connection from, Connection to, Texts texts, bool isOfVersion3)
    {
        _texts = texts;
        _insert = to.Prepare("INSERT OR IGNORE INTO delivery VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
        _recipients = to.Prepare("SELECT id FROM recipient");
        try
        {
            _select = from.Prepare(
                $"SELECT reading, recipient, state, patient, sent_at, settled_at, reason, {(isOfVersion3 ? "takeback" : "0")} FROM delivery WHERE reading = ?1 AND state BETWEEN 0 AND 7");
        }
        catch (BufferException)
        {
            _select = null;
        }
    }

    /// <summary>Carries over those of one reading.</summary>
    public void Copy(long reading, AcquiredReading record)
    {
        long patient = _texts.Patients.Intern(record.Patient);
        DeliveryState otherwise = record.Patient.IsNobody ? DeliveryState.Unassigned : DeliveryState.Buffered;
        if (!TryCopy(reading, patient))
        {
            long first = _texts.Recipients.Intern(Recipient.CareTeam);
            Insert(reading, first, patient, otherwise, record.IsTakenBack);
            while (_recipients.Step())
            {
                Insert(reading, _recipients.Int64(0), patient, otherwise, record.IsTakenBack);
            }
        }
    }

    private bool TryCopy(long reading, long patient)
    {
        bool any = false;
        try
        {
            _select?.Bind(1, reading);
            while (_select?.Step() == true)
            {
                if (_texts.Recipients.Get(_select.Int64(1)) is not null)
                {
                    RowCopier.Bind(_select, _insert, 8);
                    any |= _insert.Bind(4, patient).Run() > 0;
                }
            }
        }
        catch (BufferException error) when (error.Fault == BufferFault.Damaged)
        {
            // Those read so far stand; a recipient whose row was not reached gets the reading again.
            return false;
        }

        return any;
    }

    private void Insert(long reading, long recipient, long patient, DeliveryState state, bool isTakenBack) => _insert
        .Bind(1, reading).Bind(2, recipient).Bind(3, (long)state).Bind(4, patient).BindNull(5).BindNull(6)
        .Bind(7, state == DeliveryState.Unassigned ? UnassignedReason.TimeNotKnown.ToWire() : null).Bind(8, isTakenBack ? 1 : 0).Run();

    /// <inheritdoc/>
    public void Dispose()
    {
        _select?.Dispose();
        _insert.Dispose();
        _recipients.Dispose();
    }
}
