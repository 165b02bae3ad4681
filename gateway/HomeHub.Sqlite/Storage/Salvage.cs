using System.Text.Json;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;

namespace HomeHub.Sqlite;

/// <summary>
/// Carries over what can be read from a damaged database, row by row, into a new one. The damaged file is only read. Where a page is
/// unreadable its rows are passed over; a reading whose delivery can't be read is sent again rather than lost.
/// </summary>
internal sealed class Salvage : IDisposable
{
    private const int RowsPerCommit = 5_000;
    private const int HubColumnsOfVersion8 = 3, HubColumns = 4;
    private const int QuarantineColumnsOfVersion4 = 12, QuarantineColumns = 17;

    private readonly Connection _from;
    private readonly Connection _to;
    private readonly Texts _texts;
    private readonly RowCopier _copier;
    private readonly bool _isOfVersion3;
    private int _rows;
    private bool _hasMarks;

    /// <summary>Takes over both connections.</summary>
    public Salvage(Connection from, Connection to)
    {
        _from = from;
        _to = to;
        _isOfVersion3 = Has("SELECT taken_back FROM reading LIMIT 0");
        _texts = new Texts(to, isWriter: true);
        _copier = new RowCopier(from, Tick);
    }

    /// <summary>
    /// Whether everything that was known of records is carried over. In doubt it is not: a record that was discarded or taken back, and comes again as new, would
    /// be sent as the patient's.
    /// </summary>
    public bool KnowsAll { get; private set; }

    /// <summary>Carries all over; gives what was.</summary>
    public BufferRecovery Run(string setAsidePath)
    {
        _to.Execute("PRAGMA foreign_keys = OFF; BEGIN");
        CopyTable("hub", Has("SELECT space FROM hub LIMIT 0") ? HubColumns : HubColumnsOfVersion8, all: HubColumns);
        foreach (string table in Schema.TextTables)
        {
            CopyTable(table, 2);
        }

        CopyTable("counter", 2, "name");
        long expected = _to.Scalar("SELECT value FROM counter WHERE name = 'held'");
        long expectedMarks = _to.Scalar("SELECT value FROM counter WHERE name = 'identities'");
        CopySeen();
        CopyTable("identifier", 5, "source, patient, stamp, reading");
        CopyTable("known_device", 3, "recipient, device");
        CopyTable("quarantine", Has("SELECT boot FROM quarantine LIMIT 0") ? QuarantineColumns : QuarantineColumnsOfVersion4, all: QuarantineColumns);
        CopyTable("act", 11);
        CopyTable("forgotten", 1, "address");
        DropOrphans();
        long quarantined = _to.Scalar("SELECT count(*) FROM quarantine");
        long readings = CopyReadings();
        SalvagedCounters.Recount(_to);
        long identities = _to.Scalar("SELECT count(*) FROM seen");
        KnowsAll = _hasMarks && expectedMarks > 0 && identities >= expectedMarks;
        _to.Execute("COMMIT");
        return new BufferRecovery(setAsidePath, readings, quarantined, identities, Math.Max(0, expected - readings));
    }

    /// <summary>Whether the file has what a version added; its number may be unreadable.</summary>
    private bool Has(string select)
    {
        try
        {
            _from.Prepare(select).Dispose();
            return true;
        }
        catch (BufferException)
        {
            return false;
        }
    }

    /// <param name="table">The table.</param>
    /// <param name="columns">Columns that the damaged file has.</param>
    /// <param name="key">Its key, where that is not its id.</param>
    /// <param name="all">Columns that the new file has, where those are more; they stay empty.</param>
    private void CopyTable(string table, int columns, string? key = null, int? all = null)
    {
        string places = string.Join(',', Enumerable.Range(1, all ?? columns).Select(n => $"?{n}"));
        using Statement insert = _to.Prepare($"INSERT OR IGNORE INTO {table} VALUES ({places})");
        void Copy(Statement row)
        {
            RowCopier.Bind(row, insert, columns);
            insert.Run();
        }

        if (key is null)
        {
            _copier.CopyById(table, "*", Copy);
        }
        else
        {
            _copier.CopyByKey(table, key, Copy);
        }
    }

    /// <summary>
    /// What is known of records, and the key without which it tells nothing; a file of before version 4 has the identities themselves. Where the key can't be
    /// read, only the records that are still here stay known.
    /// </summary>
    private void CopySeen()
    {
        if (!Has("SELECT mark FROM seen LIMIT 0"))
        {
            using var marks = SeenMarks.Of(_to);
            using Statement insert = _to.Prepare("INSERT OR IGNORE INTO seen VALUES (?1, ?2, NULL)");
            _copier.CopyByKey("seen", "identity", row =>
            {
                if (row.Blob(0).Length == RecordIdentity.LengthBytes)
                {
                    SeenMarks.Bind(insert, 1, marks.Of(RecordIdentity.Read(row.Blob(0)))).Bind(2, row.Int64(1)).Run();
                }
            });
            _hasMarks = true;
            return;
        }

        using Statement setKey = _to.Prepare("UPDATE seen_key SET key = ?1");
        _copier.CopyById("seen_key", "id, key", row =>
        {
            if (row.Blob(1).Length == SeenMarks.KeyBytes)
            {
                setKey.Bind(1, row.Blob(1)).Run();
                _hasMarks = true;
            }
        });
        if (_hasMarks)
        {
            CopyTable("seen", 3, "mark");
        }
    }

    /// <summary>Rows whose shared text could not be read: its number will be given to another text, so they must not stay.</summary>
    private void DropOrphans() => _to.Execute(
        """
        DELETE FROM quarantine WHERE device NOT IN (SELECT id FROM device) OR patient NOT IN (SELECT id FROM patient);
        DELETE FROM identifier WHERE source NOT IN (SELECT id FROM source) OR patient NOT IN (SELECT id FROM patient);
        UPDATE quarantine SET context = NULL WHERE context NOT IN (SELECT id FROM context);
        UPDATE seen SET device = NULL WHERE device NOT IN (SELECT id FROM device);
        DELETE FROM known_device WHERE recipient NOT IN (SELECT id FROM recipient);
        """);

    private long CopyReadings()
    {
        using Statement insert = _to.Prepare(ReadingRow.Insert.Replace("INSERT", "INSERT OR IGNORE", StringComparison.Ordinal));
        using var marks = SeenMarks.Of(_to);
        using Statement seen = _to.Prepare("INSERT OR IGNORE INTO seen VALUES (?1, ?2, ?3)");
        using Statement identifier = _to.Prepare("INSERT OR IGNORE INTO identifier VALUES (?1, ?2, ?3, ?4, ?5)");
        using var deliveries = new SalvagedDeliveries(_from, _to, _texts, _isOfVersion3);
        long copied = 0;
        _copier.CopyById("reading", _isOfVersion3 ? ReadingRow.Columns : ReadingRow.ColumnsOfVersion2, row =>
        {
            if (TryRead(row) is not { } reading)
            {
                return;
            }

            ReadingRow.Bind(insert, reading.Id, reading.Record, _texts, reading.Record.IdentifierTaken);
            if (insert.Run() == 0)
            {
                return;
            }

            copied++;
            SeenMarks.Bind(seen, 1, marks.Of(reading.Record.Identity)).Bind(2, reading.Id).Bind(3, _texts.Devices.Intern(reading.Record.Device)).Run();
            ClaimIdentifiers(identifier, reading);
            deliveries.Copy(reading.Id, reading.Record);
        });
        return copied;
    }

    private void ClaimIdentifiers(Statement identifier, BufferedReading reading)
    {
        byte[] codes;
        try
        {
            codes = IdentifierCodes.Of(reading.Record);
        }
        catch (InvalidOperationException)
        {
            // Not decoded any more (the decoder became stricter): it gets no identifier either.
            return;
        }

        if (codes.Length > 0)
        {
            identifier
                .Bind(1, _texts.Sources.Intern(reading.Record.Device.IdentityHex))
                .Bind(2, _texts.Patients.Intern(reading.Record.Patient))
                .Bind(3, PackedStamp.Pack(reading.Record.Stamp!.Value))
                .Bind(4, reading.Id)
                .Bind(5, codes.AsSpan())
                .Run();
        }
    }

    /// <summary>A row that makes sense; null for one that is damaged within.</summary>
    private BufferedReading? TryRead(Statement row)
    {
        try
        {
            return ReadingRow.TryRead(row, _texts);
        }
        catch (Exception error) when (error is BufferException or JsonException)
        {
            return null;
        }
    }

    private void Tick()
    {
        if (++_rows % RowsPerCommit == 0)
        {
            _to.Execute("COMMIT; BEGIN");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _from.Dispose();
        _to.Dispose();
    }
}
