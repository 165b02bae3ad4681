namespace HomeHub.Sqlite;

/// <summary>
/// A table of values that many rows share, each stored once as text under a small number. Keeps the last ones in memory; belongs to one
/// connection.
/// </summary>
/// <typeparam name="T">The value.</typeparam>
internal sealed class TextTable<T>
    where T : class
{
    /// <summary>Values kept in memory each way; beyond it they are looked up again.</summary>
    private const int MaxCached = 256;

    private readonly Func<T, string> _write;
    private readonly Func<string, T> _read;
    private readonly Statement _find;
    private readonly Statement _get;
    private readonly Statement? _insert;
    private readonly Dictionary<T, long> _ids = [];
    private readonly Dictionary<long, T> _values = [];
    private T? _lastValue;
    private long _lastId;

    /// <summary>Prepares.</summary>
    public TextTable(Connection connection, string table, Func<T, string> write, Func<string, T> read, bool isWriter)
    {
        _write = write;
        _read = read;
        _find = connection.Prepare($"SELECT id FROM {table} WHERE text = ?1");
        _get = connection.Prepare($"SELECT text FROM {table} WHERE id = ?1");
        _insert = isWriter ? connection.Prepare($"INSERT INTO {table} (text) VALUES (?1) RETURNING id") : null;
    }

    /// <summary>The number of a value, if it has one.</summary>
    public long? Find(T value)
    {
        if (ReferenceEquals(value, _lastValue))
        {
            return _lastId;
        }

        if (!_ids.TryGetValue(value, out long id))
        {
            if (_find.Bind(1, _write(value)).Number() is not { } found)
            {
                return null;
            }

            id = found;
            Remember(value, id);
        }

        _lastValue = value;
        _lastId = id;
        return id;
    }

    /// <summary>The number of a value, which gets one if it has none.</summary>
    public long Intern(T value)
    {
        if (Find(value) is { } known)
        {
            return known;
        }

        long id = _insert!.Bind(1, _write(value)).Number() ?? throw new InvalidOperationException("An insert gave no id.");
        Remember(value, id);
        return id;
    }

    /// <summary>The value of a number; null when there is none, which only happens in a damaged database.</summary>
    public T? Get(long id)
    {
        if (_values.TryGetValue(id, out T? value))
        {
            return value;
        }

        string? text = _get.Bind(1, id).Step() ? _get.Text(0) : null;
        _get.Reset();
        if (text is null)
        {
            return null;
        }

        value = _read(text);
        if (_values.Count >= MaxCached)
        {
            _values.Clear();
        }

        _values[id] = value;
        return value;
    }

    /// <summary>Forgets what is in memory: after a rollback a number may stand for something else.</summary>
    public void Clear()
    {
        _ids.Clear();
        _values.Clear();
        _lastValue = null;
    }

    private void Remember(T value, long id)
    {
        if (_ids.Count >= MaxCached)
        {
            _ids.Clear();
        }

        _ids[value] = id;
    }
}
