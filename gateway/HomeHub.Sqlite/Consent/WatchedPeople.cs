using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;

namespace HomeHub.Sqlite;

/// <summary>
/// People whom a file names that others write: a connection that only looks sees each of their commits as a new <c>data_version</c>. A file that is not there names nobody. Not safe for several
/// threads. Disposed, it opens anew at the next look.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="select">A query that gives their keys.</param>
internal sealed class WatchedPeople(string path, string select) : IDisposable
{
    private Connection? _connection;
    private Statement? _dataVersion;
    private long _seen;

    /// <summary>The people at the last look.</summary>
    public IReadOnlyList<PatientReference> People { get; private set; } = [];

    /// <summary>Looks; true where something was written since the last look.</summary>
    /// <exception cref="BufferException">It can't be read.</exception>
    public bool Look()
    {
        if (_connection is null)
        {
            if (!File.Exists(path))
            {
                return false;
            }

            _connection = Connection.OpenReader(path);
            _dataVersion = _connection.Prepare("PRAGMA data_version");
            _seen = -1;
        }

        long version = _dataVersion!.Number() ?? 0;
        if (version == _seen)
        {
            return false;
        }

        List<PatientReference> people = [];
        using Statement rows = _connection.Prepare(select);
        while (rows.Step())
        {
            people.Add(PatientReference.TryParse(rows.Text(0), out PatientReference? person)
                ? person!
                : throw new BufferException(BufferFault.Damaged, $"{Path.GetFileName(path)} holds a person who has no reference."));
        }

        (People, _seen) = (people, version);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _dataVersion?.Dispose();
        _connection?.Dispose();
        (_connection, _dataVersion, People) = (null, null, []);
    }
}
