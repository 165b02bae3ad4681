using System.Runtime.InteropServices;
using HomeHub.CloudRelay.Bundles;
using Microsoft.Data.Sqlite;

namespace HomeHub.CloudRelay.Store;

/// <summary>Numbers for what repeats on every row: sets of codes and subjects.</summary>
internal sealed class NameTables : IDisposable
{
    private const int MaxCachedNames = 4_096;

    private readonly Dictionary<string, long> _codeSets = [];
    private readonly Dictionary<string, long> _subjects = [];
    private readonly RawStatement _findCodes;
    private readonly RawStatement _addCodes;
    private readonly RawStatement _addCoding;
    private readonly RawStatement _findSubject;
    private readonly RawStatement _addSubject;

    /// <summary>Prepares the statements.</summary>
    public NameTables(SqliteConnection connection)
    {
        _findCodes = new(connection, "SELECT id FROM code_set WHERE canonical = ?");
        _addCodes = new(connection, "INSERT INTO code_set(canonical) VALUES(?) RETURNING id");
        _addCoding = new(connection, "INSERT OR IGNORE INTO coding(code, system, code_set) VALUES(?, ?, ?)");
        _findSubject = new(connection, "SELECT id FROM subject WHERE reference = ?");
        _addSubject = new(connection, "INSERT INTO subject(reference) VALUES(?) RETURNING id");
    }

    /// <summary>The number of a set of codes; a new one is stored with its codings.</summary>
    public long CodeSet(CodeSet codes)
    {
        ref var id = ref Slot(_codeSets, codes.Canonical);
        if (id == 0)
        {
            id = First(_findCodes.Bind(1, codes.Canonical));
            if (id == 0)
            {
                id = First(_addCodes.Bind(1, codes.Canonical));
                foreach (var (system, code) in codes.Codings)
                {
                    _addCoding.Bind(1, code).Bind(2, system).Bind(3, id).Run();
                }
            }
        }

        return id;
    }

    /// <summary>The number of a subject, for instance <c>Patient/p1</c>.</summary>
    public long Subject(string reference)
    {
        ref var id = ref Slot(_subjects, reference);
        if (id == 0)
        {
            id = First(_findSubject.Bind(1, reference));
            if (id == 0)
            {
                id = First(_addSubject.Bind(1, reference));
            }
        }

        return id;
    }

    /// <summary>The number of a subject, or 0 where it has none; nothing is stored.</summary>
    public long KnownSubject(string reference) =>
        _subjects.TryGetValue(reference, out var id) && id != 0 ? id : First(_findSubject.Bind(1, reference));

    /// <summary>Forgets the cache: after a rollback its newest numbers stand for nothing.</summary>
    public void Forget()
    {
        _codeSets.Clear();
        _subjects.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _findCodes.Dispose();
        _addCodes.Dispose();
        _addCoding.Dispose();
        _findSubject.Dispose();
        _addSubject.Dispose();
    }

    private static ref long Slot(Dictionary<string, long> names, string name)
    {
        if (names.Count >= MaxCachedNames)
        {
            names.Clear();
        }

        return ref CollectionsMarshal.GetValueRefOrAddDefault(names, name, out _);
    }

    private static long First(RawStatement statement)
    {
        // RETURNING gives its row before the statement is done: it has to be run to its end.
        var id = 0L;
        while (statement.Step())
        {
            id = statement.Long(0);
        }

        statement.Reset();
        return id;
    }
}
